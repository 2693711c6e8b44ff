"""`hunter takedown`."""

import errno
import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from hunter.model import LINKED, Alert, AlertState, Level
from hunter.store import Store, alerts, takedowns
from tests.cli.conftest import Run
from tests.world.alerts import AT

DOMAIN = "onedrive-en-marche.fr"


def test_a_packet_is_written_and_noted(
    run: Run, hunted: Path, store: Store, tmp_path: Path
) -> None:
    """Who is to be written to is said; what is unknown too; nothing is sent."""
    out = tmp_path / "packet.zip"
    said = run("takedown", DOMAIN, "--out", str(out), "-c", str(hunted))

    assert said.status == 0
    assert "onedrive-en-marche[.]fr, for en-marche[.]fr: 2 addressees" in said.out
    assert "registrar: name not known, contact not known" in said.out
    assert "registry: Afnic, https://www.afnic.fr" in said.out
    assert "hunter sends nothing" in said.out
    with zipfile.ZipFile(out) as archived:
        assert "letters/registry.fr.txt" in archived.namelist()
    registrar, registry = takedowns.listed(store, DOMAIN)
    assert (registrar.kind, registrar.addressee, registrar.contact) == ("written", "registrar", "")
    assert (registry.addressee, registry.file) == ("registry", str(out))
    assert len(registrar.digest) == 64


def test_a_packet_that_cannot_be_noted_is_not_left_behind(
    run: Run, hunted: Path, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would stand in the way of the next one, and no list would know of it."""
    command = ("takedown", DOMAIN, "--out", str(tmp_path / "packet.zip"), "-c", str(hunted))
    monkeypatch.setattr("hunter.store._BUSY_SECONDS", 0.01)
    with store.transaction():
        said = run(*command)
        assert not (tmp_path / "packet.zip").exists()

    assert (said.status, said.out) == (3, "")
    assert run(*command).status == 0


def test_of_a_packet_for_which_there_is_no_room_nothing_is_left(
    run: Run, hunted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of one would be refused as a packet that is there already."""
    command = ("takedown", DOMAIN, "--out", str(tmp_path / "packet"), "-c", str(hunted))
    room = iter((True, True, False))

    def sync(_: int) -> None:
        if not next(room):
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", sync)
        said = run(*command)

    assert (said.status, next(room, None)) == (3, None)
    assert "No space left" in said.err
    assert not (tmp_path / "packet").exists()
    assert run(*command).status == 0


def test_a_folder_and_one_language(run: Run, hunted: Path, tmp_path: Path) -> None:
    """Whatever is not called .zip is a folder."""
    out = tmp_path / "packet"
    said = run(
        *("takedown", "write", DOMAIN, "--out", str(out), "--language", "fr"), "-c", str(hunted)
    )

    assert said.status == 0
    assert (out / "letters" / "registrar.fr.txt").read_text().startswith("À\xa0: ")
    assert not (out / "letters" / "registrar.en.txt").exists()
    assert (out / "SHA256SUMS").exists()


def test_it_has_a_name_of_its_own(
    run: Run, hunted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Domain and day, in the folder one works in."""
    monkeypatch.chdir(tmp_path)
    run("takedown", "ONEDRIVE-en-marche[.]fr", "-c", str(hunted))

    (found,) = tmp_path.glob("onedrive-en-marche.fr-????-??-??.zip")
    assert zipfile.is_zipfile(found)


def test_what_a_person_sent_is_noted(run: Run, hunted: Path, tmp_path: Path) -> None:
    """Beside what was written: to whom, when, with which packet, and the ticket."""
    run("takedown", DOMAIN, "--out", str(tmp_path / "p.zip"), "-c", str(hunted))
    said = run(
        *("takedown", "sent", DOMAIN, "--to", "registry", "--note", "ticket 4711"),
        *("-c", str(hunted)),
    )
    lines = run("takedown", "list", DOMAIN, "--json", "-c", str(hunted)).out.splitlines()
    rows = [json.loads(line) for line in lines]

    assert (said.status, said.out) == (0, "onedrive-en-marche[.]fr: sent to the registry\n")
    assert [(row["kind"], row["addressee"]) for row in rows] == [
        ("written", "registrar"),
        ("written", "registry"),
        ("sent", "registry"),
    ]
    assert rows[2]["note"] == "ticket 4711"
    assert rows[2]["digest"] == rows[1]["digest"]
    table = run("takedown", "list", "-c", str(hunted)).out
    assert "onedrive-en-marche[.]fr" in table
    assert "ticket 4711" in table


def test_what_was_sent_is_what_was_written_last(
    run: Run, hunted: Path, store: Store, tmp_path: Path
) -> None:
    """Of two brands that it imitates: not the packet of the one as the letter of the other."""
    imitates_two(hunted, store)
    for brand in ("en-marche.fr", "onedrive.com"):
        out = str(tmp_path / f"{brand}.zip")
        run("takedown", DOMAIN, "--brand", brand, "--out", out, "-c", str(hunted))
    for said in ((), ("--brand", "en-marche.fr")):
        run("takedown", "sent", DOMAIN, "--to", "registry", *said, "-c", str(hunted))
    sent = [one for one in takedowns.listed(store, DOMAIN) if one.kind == "sent"]

    assert [(one.brand, Path(one.file).name) for one in sent] == [
        ("onedrive.com", "onedrive.com.zip"),
        ("en-marche.fr", "en-marche.fr.zip"),
    ]


def test_nothing_written_is_status_1(run: Run, hunted: Path) -> None:
    """And said so."""
    said = run("takedown", "list", "-c", str(hunted))

    assert (said.status, said.err) == (1, "no letters were written\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no domain"], "such as en-marche.co"),
        ([DOMAIN, "--language", "de"], "known: en, fr"),
        (["sent", DOMAIN, "--to", "nobody"], "known: registrar, host"),
        ([DOMAIN, "--brand", "en-march.fr"], "did you mean en-marche.fr?"),
        (["snt", DOMAIN, "--to", "registrar"], "Did you mean 'sent'?"),
    ],
)
def test_a_mistake_is_yours_to_fix(run: Run, hunted: Path, arguments: list[str], told: str) -> None:
    """With a hint."""
    said = run("takedown", *arguments, "-c", str(hunted))

    assert said.status == 2
    assert told in said.err


def test_without_an_alert_there_is_no_packet(run: Run, hunted: Path) -> None:
    """One that is spelt nearly the same may be meant."""
    for domain, hint in (("supermarche.fr", ""), (DOMAIN[1:], "did you mean onedrive")):
        said = run("takedown", domain, "-c", str(hunted))
        assert said.status == 1
        assert "there is no alert on" in said.err
        assert hint in said.err


def test_what_was_dismissed_is_not_reported(run: Run, hunted: Path, store: Store) -> None:
    """Somebody found it harmless: that is to be taken back first."""
    (alert,) = alerts.about(store, DOMAIN)
    alerts.set_state(store, alert, AlertState.DISMISSED, why="a fan club", actor="ann", now=AT)
    said = run("takedown", DOMAIN, "-c", str(hunted))

    assert said.status == 2
    assert "onedrive-en-marche[.]fr was dismissed as harmless" in said.err


def protect_too(config: Path, domain: str) -> None:
    """Another brand."""
    with config.open("a", encoding="utf-8") as file:
        file.write(f'[[brand]]\ndomain = "{domain}"\n')


def imitates_two(config: Path, store: Store) -> Alert:
    """The domain's alert, beside a less grave one for another brand."""
    protect_too(config, "onedrive.com")
    (alert,) = alerts.about(store, DOMAIN)
    alerts.save(store, replace(alert, id=0, brand="onedrive.com", severity=Level.LOW), {})
    return alert


def test_what_is_harmless_to_one_brand_is_reported_for_another(
    run: Run, hunted: Path, store: Store, tmp_path: Path
) -> None:
    """Of two brands that it imitates; and for which it was written is said."""
    alert = imitates_two(hunted, store)
    alerts.set_state(store, alert, AlertState.DISMISSED, why="a fan club", actor="ann", now=AT)
    said = run("takedown", DOMAIN, "--out", str(tmp_path / "packet.zip"), "-c", str(hunted))

    assert (said.status, said.err) == (0, "")
    assert "onedrive-en-marche[.]fr, for onedrive[.]com: " in said.out


def test_what_imitates_one_brand_is_not_reported_as_tied_to_another(
    run: Run, hunted: Path, store: Store, tmp_path: Path
) -> None:
    """However grave the tie: to a registrar a name that imitates says more."""
    protect_too(hunted, "nationbuilder.com")
    (alert,) = alerts.about(store, DOMAIN)
    tie = replace(alert.match, brand="nationbuilder.com", technique=LINKED, confidence=0.0)
    tied = replace(alert, id=0, brand=tie.brand, match=tie, severity=Level.CRITICAL)
    alerts.save(store, tied, {})
    packet = tmp_path / "packet"
    said = run("takedown", DOMAIN, "--out", str(packet), "-c", str(hunted))

    assert "onedrive-en-marche[.]fr, for en-marche[.]fr: " in said.out
    assert "find out whose it is" not in (packet / "README.en.txt").read_text("utf-8").lower()


@pytest.mark.parametrize("ending", ["", ".zip"])
def test_a_place_that_cannot_be_written_is_yours_to_fix(
    run: Run, hunted: Path, tmp_path: Path, ending: str
) -> None:
    """A name that is too long, say; no packet is noted."""
    out = tmp_path / ("x" * 300 + ending)
    said = run("takedown", DOMAIN, "--out", str(out), "-c", str(hunted))

    assert said.status == 2
    assert "File name too long\n    hint: name a file in a folder" in said.err
    assert run("takedown", "list", "-c", str(hunted)).status == 1


@pytest.mark.parametrize("place", ["packet", "packet.zip"])
def test_an_earlier_packet_is_never_written_over(
    run: Run, hunted: Path, tmp_path: Path, place: str
) -> None:
    """Somebody may have filled in its letters; no second one is noted."""
    out = tmp_path / place
    command = ("takedown", DOMAIN, "--out", str(out), "-c", str(hunted))
    first = run(*command)
    letter = out / "letters" / "registrar.fr.txt" if out.is_dir() else out
    letter.write_text("filled in", encoding="utf-8")
    second = run(*command)
    listed = run("takedown", "list", "--json", "-c", str(hunted)).out.splitlines()

    assert (first.status, second.status) == (0, 2)
    assert f"{out}: is there already" in second.err
    assert letter.read_text(encoding="utf-8") == "filled in"
    assert len(listed) == 2


@pytest.mark.parametrize("place", ["pipe", "pipe.zip"])
def test_a_pipe_is_no_place_for_a_packet(
    run: Run, hunted: Path, tmp_path: Path, place: str
) -> None:
    """Nor a device: what became no packet was taken away, `/dev/null` too where root asked."""
    out = tmp_path / place
    os.mkfifo(out)
    said = run("takedown", DOMAIN, "--out", str(out), "-c", str(hunted))

    assert (said.status, said.err.partition("\n")[0]) == (2, f"{out}: is there already")
    assert out.is_fifo()
