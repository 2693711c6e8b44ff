"""`hunter check`: the config and the rules, every fault."""

import sys

import typer

from hunter.cli.output import ConfigOption, load_config, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(check)


def check(config: ConfigOption = None) -> None:
    """Tell every fault of config and rules.

    When there is none, say what would be watched.
    """
    from hunter.errors import YoursToFix
    from hunter.hunting import load_rules

    settings = load_config(config)
    try:
        rules = load_rules(settings)
    except YoursToFix:
        say(f"{settings.path}: good; but the rules are not:")
        raise
    brands = [brand.domain for brand in settings.brands]
    say(f"{settings.path}: good. {len(rules.rules)} rules: good.")
    say(f"watched: {', '.join(brands)}")
    say(f"sources: {', '.join(settings.sources)}")
    say(f"enrichers: {', '.join(settings.enrichers)}")
    say(f"channels: {', '.join(settings.notifiers) or 'none'}")
    if not settings.subscribers:
        print("nobody would be told: add a [[subscriber]]", file=sys.stderr)
