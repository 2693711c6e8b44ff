"""`hunter report`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_span_becomes_one_file(run: Run, hunted: Path, tmp_path: Path) -> None:
    """Of the past as well: both days are part of it."""
    out = tmp_path / "april.html"
    said = run(
        *("report", "--since", "2017-04-24", "--until", "2017-04-24", "--out", str(out)),
        *("-c", str(hunted)),
    )

    assert said.status == 0
    assert said.out == f"{out}: 2 new lookalikes, 2 alerts opened\n"
    page = out.read_text()
    assert page.startswith("<!doctype html>")
    assert "onedrive-" in page
    assert "24 April 2017 to 24 April 2017 (UTC)" in page


@pytest.mark.parametrize("options", [(), ("--since", "1w")])
def test_a_span_counts_back_from_the_end(
    run: Run, hunted: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    """Seven days up to that day, whatever day it is now."""
    out = tmp_path / "april.html"
    said = run("report", *options, "--until", "2017-04-24", "--out", str(out), "-c", str(hunted))

    assert said.status == 0, said.err
    assert "18 April 2017 to 24 April 2017 (UTC)" in out.read_text()


def test_without_a_word_it_is_the_last_week(
    run: Run, hunted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folder one works in."""
    monkeypatch.chdir(tmp_path)
    said = run("report", "-c", str(hunted))

    assert (said.status, said.out) == (0, "report.html: 0 new lookalikes, 0 alerts opened\n")
    assert "Nothing that resembles you" in (tmp_path / "report.html").read_text()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--since", "lately"], "--since: 'lately' is no time"),
        (["--until", "soon"], "--until: 'soon' is no time"),
        (["--since", "2017-04-24", "--until", "2017-04-23"], "begins after the end"),
        (["--since", "2999-01-01"], "begins after the end"),
    ],
)
def test_a_span_that_is_none_is_yours_to_fix(
    run: Run, hunted: Path, tmp_path: Path, options: list[str], told: str
) -> None:
    """With a hint; nothing is written."""
    out = tmp_path / "r.html"
    said = run("report", *options, "--out", str(out), "-c", str(hunted))

    assert said.status == 2
    assert told in said.err
    assert not out.exists()


@pytest.mark.parametrize(
    "command", [("report", "--out"), ("rules", "replay", "--html"), ("takedown", "x.fr", "--out")]
)
def test_what_is_no_stream_does_not_become_a_file_called_so(
    run: Run,
    hunted: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    """What is said beside it would stand in it."""
    monkeypatch.chdir(tmp_path)
    command = tuple(part.replace("x.fr", "onedrive-en-marche.fr") for part in command)
    said = run(*command, "-", "-c", str(hunted))

    assert (said.status, "name a file" in said.err) == (2, True)
    assert not (tmp_path / "-").exists()


def test_a_report_is_no_pdf_by_its_name(run: Run, hunted: Path) -> None:
    """It was HTML called report.pdf, which no reader of PDFs opens."""
    said = run("report", "--out", "week.pdf", "-c", str(hunted))

    assert said.status == 2
    assert said.err.startswith("--out: what is written is HTML\n    hint: name it week.html, and ")
    assert not Path("week.pdf").exists()
