"""Every command in docs/investigating.md is run, in order, in one folder."""

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.world.daemon import hunter

DOCS = Path(__file__).parents[2] / "docs" / "investigating.md"


def test_the_walk_from_an_alert_to_what_is_handed_on_can_be_walked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step answers, and says what the text says of it."""
    monkeypatch.chdir(tmp_path)
    first, *steps = re.findall(r"^    hunter (.*)$", DOCS.read_text("utf-8"), re.MULTILINE)
    assert hunter(first, cwd=tmp_path).returncode == 0
    said: dict[str, str] = {}
    for line in steps:
        answer = run(*shlex.split(line))
        assert answer.status == 0, (line, answer.err)
        said[line.partition(" -c ")[0]] = answer.out

    history = said["inspect en-marche.co --offline"]
    assert "2017-04-13 to 2017-04-20 ns ns1[.]monovm[.]com" in history
    assert "accounts-office[.]fr" in said["pivot johnpinch@mail.com"]
    assert "en-marche[.]co" in said["pivot ns1[.]monovm[.]com"]
    (question,) = (line for line in said if "--registrant-domain" in line)
    assert "en-marche[.]co" in said[question]
    assert "under watch: ns_domain=monovm[.]com" in said["track add ns_domain monovm.com"]
    assert "en-marche[.]co is attached" in said["incidents show 1 --graph incident.svg"]
    written = {one.name for one in tmp_path.iterdir()}
    assert {"incident.svg", "incident.json", "packet.zip"} < written
