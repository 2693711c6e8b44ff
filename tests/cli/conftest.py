"""The command line in this process, and a store with something in it."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from hunter import cli
from hunter.model import AlertState, Fact, Level, Sighting
from hunter.store import Store, alerts, facts, sightings
from tests.world.alerts import AT, MATCH, alert


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it said where."""

    status: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Run:
    """Run one command of hunter's to its end, away from the config of whoever runs the tests."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))

    def run_one(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["hunter", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        code = ended.value.code
        said = capsys.readouterr()
        return Said(code if isinstance(code, int) else bool(code), said.out, said.err)

    return run_one


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A config whose store is empty as yet."""
    path = tmp_path / "config.toml"
    path.write_text(
        '[[brand]]\ndomain = "en-marche.fr"\nkeywords = ["marche"]\n'
        f'[store]\nfolder = "{tmp_path}/state"\n',
        encoding="utf-8",
    )
    return path


@pytest.fixture
def store(config: Path) -> Iterator[Store]:
    """The config's store, open beside the command that works on it."""
    with Store(config.parent / "state" / "hunter.db") as opened:
        yield opened


@pytest.fixture
def hunted(config: Path, store: Store) -> Path:
    """A config whose store holds two alerts and their facts."""
    mail = replace(MATCH, name="mail-en-marche.fr", registrable="mail-en-marche.fr")
    later = AT + timedelta(days=1)
    alerts.save(store, replace(alert(), id=0), {})
    lesser = replace(alert(mail, Level.MEDIUM), id=0, updated_at=later, findings=())
    alerts.save(store, replace(lesser, state=AlertState.ACKNOWLEDGED), {})
    for match in (MATCH, mail):
        domain = match.registrable
        seen = Sighting(domain, domain, "registrations", AT)
        sightings.record(store, [seen], [match], AT)
        known = [
            Fact(domain, "registrant_email", "johnpinch@mail.com", "rdap", AT),
            Fact(domain, "registered", 20170315, "rdap", AT),
            Fact(domain, "asn", 13335, "dns", AT),
        ]
        fields = [fact.field for fact in known]
        facts.record(store, domain, known, provider="rdap", fields=fields, at=AT)
    return config


CAFE = "xn--caf-dma.fr"
"""The brand café.fr as DNS has it."""
CYRILLIC = "xn--f-bga92w6b.com"
"""It shows as саfé.com, whose first two letters are Cyrillic."""


@pytest.fixture
def accented(tmp_path: Path) -> Path:
    """A config whose brand has an accent, and whose store an alert on a homograph of it."""
    path = tmp_path / "accented.toml"
    path.write_text(
        f'[[brand]]\ndomain = "café.fr"\n[store]\nfolder = "{tmp_path}/accented"\n',
        encoding="utf-8",
    )
    found = replace(MATCH, brand=CAFE, name=CYRILLIC, registrable=CYRILLIC, matched="саfé")
    (tmp_path / "accented").mkdir()
    with Store(tmp_path / "accented" / "hunter.db") as opened:
        alerts.save(opened, replace(alert(found), id=0), {})
    return path
