"""`hunter match` and `hunter explain`."""

import gzip
import io
import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from hunter.model import Fact
from hunter.store import Store, facts
from tests.cli.conftest import CAFE, CYRILLIC, Run
from tests.world.alerts import AT
from tests.world.daemon import PATIENCE
from tests.world.rulebooks import rule

BRAND = ("--brand", "en-marche.fr", "--keyword", "marche")


def test_lookalikes_among_the_names_are_printed(run: Run) -> None:
    """One object each, the name exactly as it came; status 0."""
    said = run("match", *BRAND, "--json", "Mail-En-Marche.FR", "boulangerie.fr", "en-marche.co")
    found = {row["name"]: row for row in map(json.loads, said.out.splitlines())}

    assert said.status == 0
    assert found.keys() == {"Mail-En-Marche.FR", "en-marche.co"}
    assert list(found["en-marche.co"]) == [
        *("name", "registrable", "brand", "technique", "matched", "span", "confidence"),
        *("reason", "unicode", "view", "term"),
    ]
    start, end = found["Mail-En-Marche.FR"]["span"]
    assert "Mail-En-Marche.FR"[start:end] == "En-Marche"


def test_people_read_defanged_names_and_reasons(run: Run) -> None:
    """Nobody opens one by mistake."""
    said = run("match", *BRAND, "mail-en-marche.fr")

    assert "mail-en-marche[.]fr" in said.out
    assert "mail-en-marche.fr" not in said.out.splitlines()[0]
    assert "      the name holds en-marche" in said.out


def test_people_read_a_brand_in_its_letters_and_programs_in_ascii(run: Run) -> None:
    """Whoever protects café.fr knows no xn--caf-dma.fr."""
    said = run("match", "--brand", "café.fr", "cafe-login.fr")
    why = run("explain", "--brand", "café.fr", "cafe-login.fr")
    row = json.loads(run("match", "--brand", "café.fr", "cafe-login.fr", "--json").out)

    assert "cafe-login[.]fr  café.fr  combosquatting" in said.out
    assert "=> café.fr: combosquatting" in why.out
    assert "xn--" not in said.out + why.out
    assert row["brand"] == CAFE


def test_a_view_that_is_of_no_term_begins_with_its_sentence(run: Run) -> None:
    """And not with the colon behind a term."""
    lines = run("explain", *BRAND, "en-marche.co").out.splitlines()

    assert [line.split() for line in lines][1][:3] == ["The", "registrable", "domain"]


def test_no_name_at_all_is_not_explained(run: Run) -> None:
    """As of a variable that is not set: that no brand is in it was no answer."""
    said = run("explain", *BRAND, " ")

    assert (said.status, said.out) == (2, "")
    assert said.err == "NAME: is empty\n    hint: such as en-marche.co\n"


def test_a_homograph_is_read_with_what_gives_it_away(run: Run) -> None:
    """In its letters alone it looks as the brand does."""
    first = run("match", "--brand", "café.fr", CYRILLIC).out.splitlines()[0]

    assert f"{CYRILLIC.replace('.', '[.]')} (shown as \u0441\u0430fé[.]com)  café.fr" in first


def test_no_lookalike_is_status_1(run: Run) -> None:
    """Said so to people only."""
    assert run("match", *BRAND, "boulangerie.fr").status == 1
    assert "none of the names" in run("match", *BRAND, "boulangerie.fr").err
    assert run("match", *BRAND, "--json", "boulangerie.fr").err == ""


def test_the_faint_can_be_left_out(run: Run) -> None:
    """By their confidence."""
    assert run("match", *BRAND, "--minimum", "0.99", "supermarche.fr").status == 1


@pytest.mark.parametrize("minimum", ["7", "1.1", "-1", "nan", "high"])
def test_a_confidence_is_a_number_from_0_to_1(run: Run, minimum: str) -> None:
    """Anything else would find nothing, which is no answer."""
    said = run("match", *BRAND, "--minimum", minimum, "mail-en-marche.fr")

    assert said.status == 2
    assert f"'{minimum}' is no number from 0 to 1" in said.err


def test_names_come_from_files_and_standard_input(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain, packed, `-`, and on the command line, all at once."""
    plain, packed = tmp_path / "plain.txt", tmp_path / "packed.gz"
    plain.write_text("a-en-marche.fr\n")
    packed.write_bytes(gzip.compress(b"b-en-marche.fr\n"))
    stdin = io.TextIOWrapper(io.BytesIO(b"c-en-marche.fr\n"))
    monkeypatch.setattr("sys.stdin", stdin)
    said = run("match", *BRAND, "--json", str(plain), str(packed), "-", "d-en-marche.fr")

    found = {json.loads(line)["name"][0] for line in said.out.splitlines()}
    assert found == set("abcd")


def test_lines_that_hold_no_name_are_counted(run: Run, tmp_path: Path) -> None:
    """On standard error, and they change nothing about the status."""
    listed = tmp_path / "names.txt"
    listed.write_text("a-en-marche.fr\nno name here\n# a comment\nnone here either\n")

    assert run("match", *BRAND, str(listed)).err == "2 lines without a name\n"
    assert run("match", *BRAND, str(listed)).status == 0
    listed.write_text("a-en-marche.fr\nno name here\n")
    assert run("match", *BRAND, str(listed)).err == "1 line without a name\n"


@pytest.mark.parametrize("to_terminal", [False, True])
def test_a_bar_on_the_terminal_takes_no_match_from_a_pipe(
    tmp_path: Path, to_terminal: bool
) -> None:
    """`hunter match list > found` leaves the matches in the file, and the bar on the screen."""
    listed = tmp_path / "names.txt"
    listed.write_text("boulangerie.fr\nen-marche.co\n")
    screen, terminal = os.openpty()
    ended = subprocess.run(
        [sys.executable, "-m", "hunter", "match", *BRAND, str(listed)],
        env={**os.environ, "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        stdout=terminal if to_terminal else subprocess.PIPE,
        stderr=terminal,
        timeout=PATIENCE,
        check=True,
    )
    os.close(terminal)
    drawn = b"".join(iter(partial(_seen, screen), b"")).decode()
    os.close(screen)

    printed = drawn if to_terminal else ended.stdout.decode()
    assert "en-marche[.]co" in printed
    assert "2 names" in drawn
    assert ("en-marche" in drawn) is to_terminal


def _seen(screen: int) -> bytes:
    """What is left to see; on Linux an error tells that nobody writes any more."""
    try:
        return os.read(screen, 4096)
    except OSError:
        return b""


def test_a_file_that_cannot_be_read_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    """It is told on standard error."""
    broken = tmp_path / "broken.gz"
    broken.write_bytes(b"\x1f\x8b\x08\x00rubbish")
    said = run("match", *BRAND, str(broken), "mail-en-marche.fr")

    assert said.status == 0
    assert "broken.gz" in said.err


@pytest.mark.parametrize("name", ["nofile.txt", "lists.d/all.gz", "./nofile", "/nowhere/x", "a/b"])
def test_a_file_that_is_not_there_is_no_name(run: Run, name: str) -> None:
    """A slip in a path is no all-clear."""
    said = run("match", *BRAND, name, "mail-en-marche.fr")

    assert said.status == 2
    assert said.out == ""
    assert f"{name}: there is no such file" in said.err


def test_the_address_of_a_page_is_told_from_a_path(run: Run) -> None:
    """As people copy them."""
    given = ("en-marche.co/login", "https://en-marche.co/a.txt", "marche/login")

    assert [run("match", *BRAND, one).status for one in given] == [0, 0, 2]


def test_what_could_not_be_read_is_no_all_clear(run: Run, tmp_path: Path) -> None:
    """A folder, a program that is called an archive: nobody knows what stands there."""
    program = tmp_path / "list.gz"
    program.write_bytes(b"\x7fELF\x00")
    said = [run("match", *BRAND, str(path), "boulangerie.fr") for path in (tmp_path, program)]

    assert [one.status for one in said] == [3, 3]
    assert all("none of the names that could be read" in one.err for one in said)


@pytest.mark.parametrize("name", ["x" * 300, "mail-en-marche-\udce9.fr", "a\x00b", "é" * 200])
def test_an_odd_name_is_no_crash(run: Run, name: str) -> None:
    """Whatever the shell hands over."""
    assert run("match", *BRAND, name).status in (0, 1)


def test_the_configs_brands_are_matched_when_none_is_given(run: Run, config: Path) -> None:
    """And a brand that is none is yours to fix."""
    assert run("match", "-c", str(config), "mail-en-marche.fr").status == 0
    assert run("match", "--brand", "en marche", "mail-en-marche.fr").status == 2


def test_explain_says_why_and_why_not(run: Run) -> None:
    """For a lookalike, an ordinary name, and what is no name at all."""
    near = run("explain", *BRAND, "mail-en-marche.fr")
    far = run("explain", *BRAND, "boulangerie.fr")
    none = run("explain", *BRAND, "no name")

    assert near.status == far.status == 0
    assert "=> en-marche" in near.out
    assert "hunter sees none of the brands in it" in far.out
    assert none.status in (0, 1, 2)


@pytest.mark.parametrize(
    "written", ["mail-en-marche[.]fr", "hxxps://mail-en-marche[.]fr/login", "MAIL-en-marche.fr."]
)
def test_explain_reads_a_name_as_match_does(run: Run, written: str) -> None:
    """What is copied from an alert is no less a lookalike."""
    assert run("match", *BRAND, written).status == 0
    assert "=> en-marche" in run("explain", *BRAND, written).out


def test_explain_for_a_program_is_one_object(run: Run) -> None:
    """With the matches in it."""
    row = json.loads(run("explain", *BRAND, "--json", "mail-en-marche.fr").out)

    assert row["matches"][0]["brand"] == "en-marche.fr"
    fires = {one["rule"]: one["fires"] for one in row["rules"]}
    assert fires["Name that resembles the brand"] is True
    assert fires["Lookalike that can send and receive mail"] is False


def test_explain_says_what_each_rule_says(run: Run) -> None:
    """Of a name that nobody has seen, by the name alone; what fires comes first."""
    said = run("explain", *BRAND, "mail-en-marche.fr").out
    rules = told_of_rules(said)

    assert "'Lookalike with a word that asks for trust' fires, for confidence is" in rules[0]
    assert "'Name that resembles the brand' fires, for confidence is" in rules[1]
    (mail,) = (line for line in rules if "'Lookalike that can send and receive mail'" in line)
    assert "is silent: has_mx: 'true' does not hold: there is no has_mx" in mail


def test_explain_says_what_drafts_would_say(run: Run, tmp_path: Path) -> None:
    """Those alone: among thirty others with one obstacle in common nobody would find it."""
    draft, silencing = tmp_path / "drafts" / "one.yml", tmp_path / "filter_bio.yml"
    draft.parent.mkdir()
    draft.write_text(rule("s: {domain|startswith: mail-, has_mx: true}\ncondition: s"), "utf-8")
    silencing.write_text(
        "title: Organic food\nlogsource: {product: hunter, category: domain}\nfilter:\n"
        "  rules: [lookalike_by_name]\n  s: {domain|contains: bio}\n  condition: not s\n",
        "utf-8",
    )
    asked = run("explain", *BRAND, "mail-en-marche.fr", "--draft", str(draft.parent)).out
    filtered = run("explain", *BRAND, "bio-en-marche.fr", "--draft", str(silencing)).out
    lost = run("explain", *BRAND, "en-marche.co", "--draft", str(tmp_path / "none.yml"))

    assert told_of_rules(asked) == [
        "rule [medium] 'Rule one' is silent: has_mx: 'true' does not hold: there is no has_mx"
    ]
    (name,) = told_of_rules(filtered)
    assert "'Name that resembles the brand' is silent: the filter 'Organic food'" in name
    assert (lost.status, "there is no such folder or file" in lost.err) == (2, True)


def told_of_rules(said: str) -> list[str]:
    """The lines about rules."""
    return [line.strip() for line in said.splitlines() if line.startswith("   rule [")]


def test_explain_tells_one_obstacle_of_many_rules_once(run: Run) -> None:
    """Nearly all rules ask for a likeness that this name has not."""
    said = run("explain", *BRAND, "supermarche-bio.fr").out.splitlines()
    obstacles = [line.partition(" is silent: ")[2] for line in said if " is silent: " in line]
    shared = next(at for at, line in enumerate(said) if line.endswith(": confidence is 0.18"))

    assert len(obstacles) == len(set(obstacles))
    assert re.fullmatch(r"   and so are [0-9]{2} others", said[shared + 1])


def test_explain_shortens_a_pattern_and_not_what_came_of_it(run: Run) -> None:
    """Half a regular expression would be no reason."""
    said = run("explain", *BRAND, "en-marche.gq").out
    (rule,) = (line for line in said.splitlines() if "'Lookalike with a word that asks" in line)

    assert "is silent: domain|re: '(?i)" in rule
    assert "… does not hold: domain is 'en-marche.gq'" in rule


def test_explain_knows_what_inspect_found(run: Run, hunted: Path, store: Store) -> None:
    """Though no source ever brought the domain."""
    domain = "post-en-marche.fr"
    found = Fact(domain, "has_mx", True, "dns", AT)
    facts.record(store, domain, [found], provider="dns", fields=["has_mx"], at=AT)
    said = run("explain", domain, "-c", str(hunted)).out

    assert "fires, for" in said.partition("that can send and receive mail")[2].partition("rule")[0]


def test_explain_knows_what_is_stored(run: Run, hunted: Path) -> None:
    """The facts that the daemon found, by the rules that are in force."""
    said = run("explain", "onedrive-en-marche.fr", "-c", str(hunted)).out

    assert "fires, for" in said
    assert "age_days|lte: 30 does not hold: age_days is" in said


def test_explain_says_where_the_alert_stands(run: Run, hunted: Path) -> None:
    """The rules go on to fire for what somebody found harmless, and nobody hears of it."""
    domain, asked = "mail-en-marche.fr", ("-c", str(hunted))
    before = run("explain", domain, *asked).out
    run("alerts", "dismiss", domain, "--why", "a club, see club.example", *asked)
    after = run("explain", domain, *asked).out

    assert "   alert: medium, acknowledged\n" in before
    assert "   alert: medium, dismissed by " in after
    assert " UTC: a club, see club[.]example\n" in after
    assert "alert:" not in run("explain", "login-en-marche.fr", *asked).out
