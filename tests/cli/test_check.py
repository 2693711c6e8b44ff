"""`hunter check`."""

from pathlib import Path

from tests.cli.conftest import Run


def test_a_sound_config_says_what_would_be_watched(run: Run, config: Path) -> None:
    """And warns that nobody would be told."""
    said = run("check", "-c", str(config))

    assert said.status == 0
    assert "watched: en-marche.fr" in said.out
    assert "channels: none" in said.out
    assert "add a [[subscriber]]" in said.err


def test_faults_in_rules_are_told_like_those_of_the_config(run: Run, config: Path) -> None:
    """Each with its file and line."""
    rules = config.parent / "rules"
    rules.mkdir()
    (rules / "mine.yml").write_text("title: Mine\ndetection:\n  x: {regstrant: y}\n", "utf-8")
    with config.open("a", encoding="utf-8") as file:
        file.write(f'[rules]\nfolders = ["{rules}"]\n')
    said = run("check", "-c", str(config))

    assert said.status == 2
    assert "mine.yml: line" in said.err
    assert "hint:" in said.err


def test_the_traffic_of_the_chosen_logs_is_estimated(run: Run, config: Path) -> None:
    """With its date, and who cannot be kept up with; nothing when no log is read."""
    without = run("check", "-c", str(config))
    with config.open("a", encoding="utf-8") as file:
        file.write("[sources.ct_logs]\nenabled = true\n")
    everything = run("check", "-c", str(config))
    with config.open("a", encoding="utf-8") as file:
        file.write("static_only = true\n")
    static = run("check", "-c", str(config))

    assert "contact" not in without.err
    assert "set contact under [net]" in everything.err
    assert "Mbit/s" not in without.out
    assert "CT logs, an estimate of 2026-11-22, give or take half" in everything.out
    assert "together: 14.1 requests/s, 23 Mbit/s, 253 GB a day" in everything.out
    assert "DigiCert allows too little to keep up: its rfc6962 logs will lag" in everything.out
    assert "rfc6962" not in static.out
    assert "3 Mbit/s" in static.out
