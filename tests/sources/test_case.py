"""The recorded case as a source."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from hunter.contracts import Batch, Doors, SourceContext
from hunter.errors import YoursToFix
from hunter.model import Track
from hunter.sources import case

CASE = """\
[case]
title = "Small"
starts = 2017-03-01
ends = 2017-03-31

[[feed]]
day = 2017-03-02
names = ["b.fr", "a.fr"]

[[domain]]
name = "en-marche.co"
registered = 2017-03-10

[[domain.facts]]
from = 2017-03-10
registrant_email = "johnpinch@mail.com"

[[domain]]
name = "accounts-office.fr"
hosts = ["mail.accounts-office.fr"]
registered = 2017-03-20

[[domain.facts]]
from = 2017-03-20
registrant_email = "johnpinch@mail.com"
"""
TRACK = Track("registrant_email", "johnpinch@mail.com", "en-marche.fr", "en-marche.co")


@pytest.fixture
def settings(tmp_path: Path) -> case.Settings:
    """Settings for the small case."""
    path = tmp_path / "small.toml"
    path.write_text(CASE, encoding="utf-8")
    return case.Settings(file=path)


async def gathered(
    settings: case.Settings, day: int, cursors: dict[str, str], *tracks: Track
) -> list[Batch]:
    """The batches of a day; each is committed before the next is asked for."""
    context = SourceContext(
        brands=(),
        tracks=tracks,
        cursor=cursors.get,
        now=lambda: datetime(2017, 3, day, 12, tzinfo=UTC),
        doors=cast("Doors", None),
        report=lambda _: None,
    )
    batches = []
    async for batch in case.gather(settings, context):
        cursors[batch.stream] = batch.cursor
        batches.append(batch)
    return batches


async def test_each_day_is_a_batch_and_told_once(settings: case.Settings) -> None:
    """With the day it showed itself, whenever it is asked for."""
    cursors: dict[str, str] = {}
    first, second = await gathered(settings, 15, cursors)
    (third,) = await gathered(settings, 31, cursors)

    assert (first.names, first.cursor) == (b"a.fr\nb.fr", "2017-03-02")
    assert second.names == b"en-marche.co"
    assert second.seen_at == datetime(2017, 3, 10, 12, tzinfo=UTC)
    assert third.names == b"accounts-office.fr\nmail.accounts-office.fr"
    assert first.origin(1) == {"feed": "small.toml", "line": 1}
    assert await gathered(settings, 31, cursors) == []


async def test_a_batch_that_was_not_committed_comes_again(settings: case.Settings) -> None:
    """The cursor is the only memory."""
    assert len(await gathered(settings, 15, {})) == len(await gathered(settings, 15, {})) == 2


async def test_a_track_finds_who_carries_the_value(settings: case.Settings) -> None:
    """Once it exists, and once; the domain that gave rise to the track is no find."""
    cursors = {"": "2017-03-31"}

    assert await gathered(settings, 19, cursors, TRACK) == []
    (found,) = await gathered(settings, 20, cursors, TRACK)
    assert (found.names, found.track) == (b"accounts-office.fr", TRACK)
    assert await gathered(settings, 31, cursors, TRACK) == []


async def test_two_brands_that_track_one_value_both_find(settings: case.Settings) -> None:
    """What one was told is still new to the other."""
    partner = replace(TRACK, brand="partner.fr")
    found = await gathered(settings, 31, {"": "2017-03-31"}, TRACK, partner)

    assert [(batch.names, batch.track) for batch in found] == [
        (b"accounts-office.fr", TRACK),
        (b"accounts-office.fr", partner),
    ]


async def test_a_case_that_cannot_be_read_is_yours_to_fix(tmp_path: Path) -> None:
    """The file is named."""
    with pytest.raises(YoursToFix, match=r"missing\.toml"):
        await gathered(case.Settings(file=tmp_path / "missing.toml"), 1, {})


def test_it_replays_the_founding_case_and_only_when_asked_to() -> None:
    """`hunter run` does not live in 2017."""
    assert not case.Settings().enabled
    assert case.Settings().file.name == "en-marche-2017.toml"
    assert case.Settings().file.exists()
