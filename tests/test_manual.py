"""The man pages."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from hunter import manual

ROOT = Path(__file__).parents[1]
CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / "config.example.toml").read_text(encoding="utf-8")
PAGES = {
    "hunter(1)": manual.command_page("1.2.3", CLI),
    "hunter.toml(5)": manual.config_page("1.2.3", EXAMPLE),
}


def shown(page: str, columns: int = 1000) -> str:
    """As a reader sees it, unbroken; warnings of groff's are faults."""
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", f"-rLL={columns}n", "-K", "utf8"],
        input=page,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return re.sub(r"\x1b\[[0-9;]*m|.\x08", "", done.stdout)


def test_every_command_of_the_docs_stands_in_the_page() -> None:
    """Each heading of docs/cli.md is a section."""
    headings = re.findall(r"^## (.+)$", CLI, re.MULTILINE)
    sections = re.findall(r"^\.SH (.+)$", PAGES["hunter(1)"], re.MULTILINE)

    assert [one.upper().replace("-", "\\-") for one in headings] == sections[3:-1]


def test_every_table_of_the_example_stands_in_the_page() -> None:
    """With its keys beneath it."""
    tables = re.findall(r"^\[+[a-z_.]+\]+$", EXAMPLE, re.MULTILINE)

    assert len(tables) > 20
    assert re.findall(r"^\.SS (.+)$", PAGES["hunter.toml(5)"], re.MULTILINE) == tables
    assert "requests_per_second = " in PAGES["hunter.toml(5)"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_holds_every_word_of_its_source(page: str) -> None:
    """Nothing is dropped on the way, whatever it is written as."""
    source = CLI if page == "hunter(1)" else EXAMPLE
    words = set(re.findall(r"[A-Za-z]{3,}", re.sub(r"\]\([^)]*\)", "]", source)))
    plain = PAGES[page].replace("\\-", "-").replace("\\fB", "").replace("\\fR", "")
    lower = plain.lower()

    assert sorted(word for word in words if word.lower() not in lower) == []


@pytest.mark.skipif(not shutil.which("groff"), reason="no groff on this machine")
@pytest.mark.parametrize("page", PAGES)
def test_no_word_is_cut_at_the_end_of_a_line(page: str) -> None:
    """`con-` and `fig.toml` cannot be copied, nor found."""
    text = shown(PAGES[page], columns=80)

    assert [line for line in text.splitlines() if line.endswith("\N{HYPHEN}")] == []


@pytest.mark.skipif(not shutil.which("groff"), reason="no groff on this machine")
@pytest.mark.parametrize("page", PAGES)
def test_groff_finds_no_fault_in_a_page(page: str) -> None:
    """And shows options and dots at the beginning of a line as they are."""
    text = shown(PAGES[page])

    assert "hunter 1.2.3" in text
    assert "--config" in text or "-c FILE" in text or "[[brand]]" in text


def test_what_would_steer_the_formatter_is_harmless() -> None:
    """Requests, escapes and quotes are shown, not obeyed."""
    page = manual.command_page("1", "# x\n\n.so /etc/passwd\n'br\n\n`a\\fBb` **-c**\n")

    assert "\\&.so /etc/passwd" in page
    assert "\\&'br" in page
    assert "\\fBa\\efBb\\fR \\fB\\-c\\fR" in page
