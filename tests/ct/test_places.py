"""Logs that move: what is known of them goes with them."""

from dataclasses import dataclass, field, replace

from hunter.ct.allowance import Allowance
from hunter.ct.figures import Figures
from hunter.ct.malformed import Malformed
from hunter.ct.places import figures_of, kept_url, settle
from tests.world.ct import START, FakeLog
from tests.world.ct_reading import described

LOG = described(FakeLog("log"))
MOVED = replace(LOG, url="https://elsewhere.example/")
MALFORMED = Malformed(7)


@dataclass
class Shelf:
    """What is kept; and who is killed after so many writings."""

    kept: dict[str, str] = field(default_factory=dict)
    lives: int = 100

    async def keep(self, stream: str, text: str) -> None:
        """Keep one, or die before."""
        if not self.lives:
            raise InterruptedError
        self.lives -= 1
        self.kept[stream] = text


async def followed_once() -> Shelf:
    shelf = Shelf()
    await settle(LOG, shelf.kept.get, shelf.keep)
    shelf.kept[LOG.url] = "position"
    shelf.kept[LOG.url + "#malformed"] = MALFORMED.dump()
    return shelf


async def test_a_new_log_has_no_position() -> None:
    """It is known from now on where it was read."""
    shelf = Shelf()
    assert await settle(LOG, shelf.kept.get, shelf.keep) == (LOG.url, None)
    assert list(shelf.kept.values()) == [LOG.url]


async def test_a_log_goes_on_at_its_new_url() -> None:
    """And forth and back, each time from where it was last."""
    shelf = await followed_once()
    assert await settle(MOVED, shelf.kept.get, shelf.keep) == (LOG.url, "position")
    assert figures_of(MOVED, shelf.kept.get, Allowance(2.0)).malformed == MALFORMED
    shelf.kept[MOVED.url] = "further"
    assert await settle(LOG, shelf.kept.get, shelf.keep) == (MOVED.url, "further")
    assert shelf.kept[LOG.url] == "further"


async def test_whoever_is_killed_while_it_moves_finds_it_again() -> None:
    """Before every single writing."""
    for lives in range(4):
        shelf = await followed_once()
        shelf.lives = lives
        try:
            await settle(MOVED, shelf.kept.get, shelf.keep)
        except InterruptedError:
            assert shelf.kept[kept_url(MOVED, shelf.kept.get)] == "position"
        shelf.lives = 100
        assert (await settle(MOVED, shelf.kept.get, shelf.keep))[1] == "position"
        assert shelf.kept[MOVED.url] == "position"


def test_figures_begin_with_what_was_kept_where_it_was_followed() -> None:
    """How many were malformed, and when it last gave a good answer."""
    allowance = Allowance(2.0)
    row = '{"contact": "2026-11-22T12:00:00+00:00"}'
    kept = {LOG.url + "#figures": row, LOG.url + "#malformed": MALFORMED.dump()}
    before = Figures(LOG.url, allowance, contact=START, malformed=MALFORMED)
    assert figures_of(LOG, kept.get, allowance) == before
