"""`hunter explain`: why a name does, or does not, imitate a brand."""

from typing import Annotated

import typer

from hunter.cli.match import BrandOption, KeywordOption, brands
from hunter.cli.output import ConfigOption, JsonOption, json_line, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explain)


def explain(
    name: Annotated[str, typer.Argument(help="The name in question.")],
    config: ConfigOption = None,
    brand: BrandOption = None,
    keyword: KeywordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show why a name does or does not match.

    View by view, with what the confidence is made of.
    """
    from hunter.matching import compile_matcher
    from hunter.matching.explain import explain as why

    explanation = why(compile_matcher(brands(config, brand, keyword)), name)
    if as_json:
        json_line(explanation)
        return
    for step in explanation.steps:
        say(f"{step.view:10} {step.text}")
        say(f"{'':10} {step.term}: {step.outcome}")
    for match in explanation.matches:
        say(f"=> {match.brand}: {match.technique}, confidence {match.confidence:.2f}")
        say(f"   {match.reason}")
    if not explanation.matches:
        say("=> it imitates none of the brands")
