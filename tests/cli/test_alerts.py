"""`hunter alerts`."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hunter.model import Transition
from hunter.store import Store, alerts
from tests.cli.conftest import CAFE, CYRILLIC, Run
from tests.world.alerts import AT

DOMAIN = "onedrive-en-marche.fr"


def test_the_list_shows_the_gravest_first(run: Run, hunted: Path) -> None:
    """For people: defanged, with what speaks against each."""
    said = run("alerts", "list", "-c", str(hunted))

    assert said.status == 0
    assert said.out.index("onedrive-en-marche[.]fr") < said.out.index("mail-en-marche[.]fr")
    assert "Registrant" in said.out


def test_the_list_says_by_what_it_is_in_order_and_when_each_moved(
    run: Run, hunted: Path, store: Store
) -> None:
    """A day has dozens in a hot week; and where the score is at its end, the points decide."""
    (grave,) = alerts.about(store, DOMAIN)
    more = replace(grave, score=100, findings=grave.findings * 3)
    alerts.save(store, more, {})
    said = run("alerts", "list", "-c", str(hunted))
    row = json.loads(run("alerts", "list", "--json", "-c", str(hunted)).out.splitlines()[0])

    points = sum(finding.score for finding in more.findings)
    assert points > 100
    assert row["points"] == points
    assert f"({points})" in said.out
    assert "06:00" in said.out


def test_the_list_is_one_object_a_line(run: Run, hunted: Path) -> None:
    """For programs: stable keys, domains as they are."""
    said = run("alerts", "list", "--json", "-c", str(hunted))
    rows = [json.loads(line) for line in said.out.splitlines()]

    assert [row["domain"] for row in rows] == [DOMAIN, "mail-en-marche.fr"]
    assert list(rows[0]) == [
        *("domain", "brand", "severity", "score", "points", "state", "technique", "confidence"),
        *("reason", "opened_at", "updated_at", "silent_until", "rules"),
    ]
    assert (rows[0]["severity"], rows[0]["state"]) == ("high", "new")
    assert rows[0]["opened_at"] == "2017-04-24T06:00:00+00:00"


@pytest.mark.parametrize(
    ("options", "domains"),
    [
        (["--minimum", "high"], [DOMAIN]),
        (["--state", "acknowledged"], ["mail-en-marche.fr"]),
        (["--brand", "en-marche.fr", "--state", "new"], [DOMAIN]),
        (["--contains", "onedrive"], [DOMAIN]),
        (["--contains", "MAIL-en-marche[.]fr"], ["mail-en-marche.fr"]),
        (["--since", "2017-04-25"], ["mail-en-marche.fr"]),
        (["--limit", "1"], [DOMAIN]),
    ],
)
def test_the_list_can_be_narrowed(
    run: Run, hunted: Path, options: list[str], domains: list[str]
) -> None:
    """By severity, state, brand, a part of the name, the day of the last change, and number."""
    said = run("alerts", "list", "--json", *options, "-c", str(hunted))

    assert [json.loads(line)["domain"] for line in said.out.splitlines()] == domains


@pytest.mark.parametrize("state", ["dismissed", "closed"])
def test_what_is_done_is_not_open(run: Run, hunted: Path, state: str) -> None:
    """Together they leave nothing, however many there are."""
    said = run("alerts", "list", "--open", "--state", state, "-c", str(hunted))

    assert (said.status, said.out) == (2, "")
    assert f"--open: leaves out what --state {state} asks for" in said.err


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_list_that_the_limit_may_have_cut_says_so(
    run: Run, hunted: Path, form: list[str]
) -> None:
    """Beside the list, where no program reads it; a whole one says nothing."""
    said = run("alerts", "list", *form, "--limit", "1", "-c", str(hunted))
    whole = run("alerts", "list", *form, "--limit", "3", "-c", str(hunted))

    assert "mail-en-marche" not in said.out
    assert said.err == "the first 1 and perhaps not all: --limit shows more\n"
    assert whole.err == ""


@pytest.mark.parametrize(
    "options", [["--minimum", "hgih"], ["--state", "old"], ["--brand", "other.com"]]
)
def test_a_word_that_is_none_is_yours_to_fix(run: Run, hunted: Path, options: list[str]) -> None:
    """The known ones are named."""
    said = run("alerts", "list", *options, "-c", str(hunted))

    assert said.status == 2
    assert "known" in said.err


@pytest.mark.usefixtures("store")
def test_nothing_found_is_status_1(run: Run, config: Path) -> None:
    """Said on standard error, and not at all to a program."""
    said = run("alerts", "list", "-c", str(config))
    to_program = run("alerts", "list", "--json", "-c", str(config))

    assert (said.status, said.out, said.err) == (1, "", "there are no such alerts\n")
    assert (to_program.status, to_program.out, to_program.err) == (1, "", "")


def test_one_alert_is_shown_whole(run: Run, hunted: Path) -> None:
    """As a mail tells it, with what happened when and by whom; nothing in it to click on."""
    said = run("alerts", "show", DOMAIN, "-c", str(hunted))

    assert said.status == 0
    for told in (
        *("WHY THIS ALERT", "WHAT TO DO NEXT", "WHAT IS KNOWN", "HOW SURE THIS IS"),
        "onedrive-en-marche[.]fr carries your name en-marche",
        "> Registrant's address: johnpinch[@]mail[.]com",
        "Network, AS number      AS13335\n",
        "2017-04-24 06:00 opened (hunter)",
    ):
        assert told in said.out
    assert DOMAIN not in said.out
    assert max(map(len, said.out.partition("HISTORY")[0].splitlines())) <= 72


def test_an_alert_is_headed_by_what_happened_last(run: Run, hunted: Path) -> None:
    """And not by its beginning, for ever."""
    heads = [run("alerts", "show", DOMAIN, "-c", str(hunted)).out.splitlines()[0]]
    for word in ("confirm", "close", "reopen"):
        run("alerts", word, DOMAIN, "-c", str(hunted))
        heads.append(run("alerts", "show", DOMAIN, "-c", str(hunted)).out.splitlines()[0])

    assert [head.partition(" · lookalike of")[0] for head in heads] == [
        *("HIGH · New", "HIGH · Confirmed", "HIGH · Closed", "HIGH · New again"),
    ]


@pytest.mark.parametrize(("command", "state"), [("dismiss", "Dismissed"), ("close", "Closed")])
def test_nothing_is_to_be_done_about_what_is_done_with(
    run: Run, hunted: Path, store: Store, command: str, state: str
) -> None:
    """Nobody is told to block it, whatever its log goes on to say."""
    run("alerts", command, DOMAIN, "-c", str(hunted))
    (found,) = alerts.about(store, DOMAIN)
    later = Transition(AT + timedelta(days=9), "changed", "Name servers changed.")
    alerts.save(store, replace(found, transitions=(*found.transitions, later)), {})
    said = run("alerts", "show", DOMAIN, "-c", str(hunted)).out

    assert said.startswith(f"HIGH · {state} · lookalike")
    assert "Nothing is left to do here" in said
    assert "Block" not in said


def test_one_alert_for_a_program(run: Run, hunted: Path) -> None:
    """With match and transitions."""
    (line,) = run("alerts", "show", DOMAIN, "--json", "-c", str(hunted)).out.splitlines()
    row = json.loads(line)

    assert row["match"]["matched"] == "en-marche"
    assert [step["kind"] for step in row["transitions"]] == ["opened"]


@pytest.mark.parametrize(
    "written", ["ONEDRIVE-en-marche.fr", "onedrive-en-marche[.]fr", "mail.onedrive-en-marche.fr."]
)
def test_a_domain_may_be_written_as_people_find_it(run: Run, hunted: Path, written: str) -> None:
    """Copied from a mail, where it is defanged, or from a browser."""
    assert run("alerts", "show", written, "-c", str(hunted)).status == 0


def test_a_domain_without_alert_is_status_1(run: Run, hunted: Path) -> None:
    """And said so; what is no domain is yours to fix."""
    said = run("alerts", "show", "supermarche.fr", "-c", str(hunted))

    assert said.status == 1
    assert "there is no alert on supermarche" in said.err
    assert "hint" not in said.err
    near = run("alerts", "show", DOMAIN.replace("drive", "drvie"), "-c", str(hunted)).err
    assert "did you mean onedrive-en-marche[.]fr?" in near
    assert run("alerts", "show", "no domain", "-c", str(hunted)).status == 2


def test_a_limit_beyond_what_the_store_can_hold_is_yours_to_fix(run: Run, hunted: Path) -> None:
    """With words, and no traceback."""
    said = run("alerts", "list", "--limit", "1" * 30, "-c", str(hunted))

    assert said.status == 2
    assert "Invalid value for '--limit'" in said.err


def test_a_brand_is_listed_in_its_letters_and_a_homograph_by_what_gives_it_away(
    run: Run, accented: Path
) -> None:
    """Both look alike in letters: the one that is not ours has its Punycode in front."""
    listed = run("alerts", "list", "-c", str(accented)).out
    (row,) = run("alerts", "list", "--json", "-c", str(accented)).out.splitlines()

    assert "café[.]fr" in listed
    assert CAFE.partition(".")[0] not in listed
    assert CYRILLIC.replace(".", "[.]") in listed
    assert "\u0441\u0430fé[.]com)" in listed
    assert (json.loads(row)["domain"], json.loads(row)["brand"]) == (CYRILLIC, CAFE)


@pytest.mark.parametrize("part", ["\u0441\u0430fé", "FÉ[.]com", "fe\u0301.c", CYRILLIC[:9]])
def test_a_part_of_the_domain_may_be_written_as_it_is_shown(
    run: Run, accented: Path, part: str
) -> None:
    """People copy the letters that they read, with and without composed accents."""
    said = run("alerts", "list", "--json", "--contains", part, "-c", str(accented))

    assert [json.loads(line)["domain"] for line in said.out.splitlines()] == [CYRILLIC]


@pytest.mark.parametrize("written", ["café.fr", "CAFÉ.fr", "cafe\u0301.fr", "café[.]fr", CAFE])
def test_a_brand_may_be_asked_for_in_its_letters(run: Run, accented: Path, written: str) -> None:
    """As the list shows it, which people copy."""
    assert run("alerts", "list", "--brand", written, "-c", str(accented)).status == 0
    assert run("alerts", "list", "--brand", "thé.fr", "-c", str(accented)).status == 2


def test_who_is_told_is_told_of_the_brand_in_its_letters(run: Run, accented: Path) -> None:
    """In the line above the table."""
    said = run("alerts", "route", CYRILLIC, "-c", str(accented))

    assert "lookalike of café[.]fr: high" in said.out


def test_an_alert_says_which_letters_were_written_and_sent(
    run: Run, hunted: Path, tmp_path: Path
) -> None:
    """Who takes over sees that the registrar was written to, and under which ticket."""
    asked = (DOMAIN, "-c", str(hunted))
    assert "TAKEDOWN" not in run("alerts", "show", *asked).out
    run("takedown", "write", *asked, "--out", str(tmp_path / "packet.zip"))
    run("takedown", "sent", *asked, "--to", "registrar", "--note", "ticket 4711")
    said = run("alerts", "show", *asked).out.partition("TAKEDOWN LETTERS, IN UTC\n\n")[2]
    (row,) = map(json.loads, run("alerts", "show", *asked, "--json").out.splitlines())

    written, sent = said.partition("\n\n")[0].splitlines()
    assert " written (" in written
    assert "registrar, " in written
    assert written.endswith("packet.zip")
    assert " sent (" in sent
    assert sent.endswith("registrar – ticket 4711")
    assert row["letters"][-1]["note"] == "ticket 4711"


def test_the_list_says_who_deals_with_each(
    run: Run, hunted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two at work each sees what the other took, though both are root by sudo."""
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setenv("LOGNAME", "root")
    monkeypatch.setenv("SUDO_USER", "anne")
    run("alerts", "ack", DOMAIN, "-c", str(hunted))

    assert "anne" in run("alerts", "list", "-c", str(hunted)).out
    assert "acknowledged (anne)" in run("alerts", "show", DOMAIN, "-c", str(hunted)).out


def test_whoever_is_not_root_is_who_they_are(
    run: Run, hunted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What sudo left in the environment of a service says nothing of who types."""
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setenv("LOGNAME", "bob")
    monkeypatch.setenv("SUDO_USER", "anne")
    run("alerts", "ack", DOMAIN, "-c", str(hunted))

    assert "acknowledged (bob)" in run("alerts", "show", DOMAIN, "-c", str(hunted)).out


def test_the_brand_has_a_column_where_there_are_several(
    run: Run, hunted: Path, store: Store
) -> None:
    """Of one alone it stands above, and a terminal of 120 columns has room for a table."""
    alone = run("alerts", "list", "-c", str(hunted)).out
    (one,) = alerts.about(store, DOMAIN)
    alerts.save(store, replace(one, id=0, brand="partner.fr"), {})
    both = run("alerts", "list", "-c", str(hunted)).out

    assert alone.startswith("lookalikes of en-marche[.]fr")
    assert "imitates" not in alone
    assert "imitates" in both
    assert "partner[.]fr" in both


def test_an_alert_says_which_others_it_is_tied_to(run: Run, hunted: Path) -> None:
    """What one hand registered is judged together; a dismissed one takes no part."""
    asked = ("alerts", "show", DOMAIN, "-c", str(hunted))
    tied = run(*asked).out.splitlines()[-1]
    run("alerts", "dismiss", "mail-en-marche.fr", "-c", str(hunted))

    told = "hunter incidents show onedrive-en-marche[.]fr tells by what."
    assert tied == f"Tied to mail-en-marche[.]fr: {told}"
    assert "Tied" not in run(*asked).out


def test_the_list_says_what_a_person_said_of_each(run: Run, hunted: Path) -> None:
    """Whoever takes over reads why it was dismissed or escalated, before why it was raised."""
    run("alerts", "dismiss", "mail-en-marche.fr", "--why", "a club", "-c", str(hunted))
    run("alerts", "escalate", DOMAIN, "--why", "see law.example", "-c", str(hunted))
    told = " ".join(run("alerts", "list", "-c", str(hunted)).out.split())

    assert '"a club"' in told
    assert '"see law[.]example";' in told


@pytest.mark.parametrize("said", ["shown as", "affiché"])
def test_a_name_in_punycode_may_be_copied_with_what_stands_behind_it(
    run: Run, accented: Path, said: str
) -> None:
    """As every other name that hunter tells."""
    copied = f"{CYRILLIC.replace('.', '[.]')} ({said} саfé[.]com)"
    asked = ("-c", str(accented))

    assert run("alerts", "show", copied, *asked).status == 0
    assert run("alerts", "ack", copied, *asked).status == 0
    assert run("alerts", "show", f"{CYRILLIC} other.fr", *asked).status == 2
