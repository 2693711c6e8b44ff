"""What programs read: one object a line, with names and not numbers for levels."""

import json
from datetime import UTC, datetime

import pytest

from hunter.cli.output import json_line
from hunter.model import Evidence, Finding, Level, Stage


def test_levels_and_moments_are_written_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    """A level is `high` and not 3, however deep it stands; a moment is ISO 8601."""
    finding = Finding("id", "title", Level.HIGH, 40, (Evidence("confidence", 0.9),))

    json_line(
        {
            "findings": (finding,),
            "stage": Stage.NAME_SERVERS,
            "at": datetime(2017, 4, 24, tzinfo=UTC),
        }
    )

    told = json.loads(capsys.readouterr().out)
    assert told["findings"][0]["level"] == "high"
    assert told["findings"][0]["evidence"] == [{"field": "confidence", "value": 0.9}]
    assert told["stage"] == "name servers"
    assert told["at"] == "2017-04-24T00:00:00+00:00"
