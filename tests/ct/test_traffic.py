"""What reading the logs costs."""

import gzip
from pathlib import Path

import pytest

from hunter.ct import traffic
from hunter.ct.allowance import Allowances
from hunter.ct.choice import Choice
from hunter.ct.loglist import Kind
from hunter.ct.traffic import Cost, Volume, costs

ALLOWANCES = Allowances({"Google": 10.0, "DigiCert": 0.15}, 2.0)
NAVIGLI = Path(__file__).parents[2] / "../shared/data/ct/static-navigli2025h2"


def megabits(found: tuple[Cost, ...]) -> float:
    return sum(cost.megabits for cost in found)


def test_an_operator_is_reckoned_by_entries_pages_and_hosts() -> None:
    """86.4 million entries a day, 100 a page, on two hosts that allow 2 requests a second each."""
    volume = Volume("O", Kind.RFC6962, 86.4, 100, 2)
    (cost,) = costs(Choice(), ALLOWANCES, names_tiles=False, volumes=[volume])

    assert (cost.entries, cost.requests, cost.allowed) == (1000, 10, 4)
    assert not cost.keeps_up
    assert cost.whole == 2_660_000
    assert cost.bytes == pytest.approx(cost.whole * 0.4)


def test_each_way_to_save_saves() -> None:
    """Names tiles, static logs only, fewer operators."""
    everything = costs(Choice(), ALLOWANCES, names_tiles=False)
    names = costs(Choice(), ALLOWANCES, names_tiles=True)
    static = costs(Choice(static_only=True), ALLOWANCES, names_tiles=False)
    one = costs(Choice(("Let's",)), ALLOWANCES, names_tiles=False)

    assert 15 < megabits(everything) < 40
    assert megabits(everything) > megabits(names) > megabits(static) > megabits(one) > 0
    assert {cost.operator for cost in one} == {"Let's Encrypt"}
    assert {cost.kind for cost in static} == {Kind.STATIC}


def test_digicert_is_known_not_to_be_kept_up_with() -> None:
    """It allows a request every seven seconds."""
    lame = [cost.operator for cost in costs(Choice(), ALLOWANCES, names_tiles=False)
            if not cost.keeps_up]  # fmt: skip
    assert lame == ["DigiCert"]


@pytest.mark.skipif(not NAVIGLI.exists(), reason="needs the real material")
def test_real_tiles_are_about_as_large_as_reckoned() -> None:
    """Gzipped data tiles; and names tiles with their hash tiles, a tenth of them."""

    def packed(kind: str) -> int:
        content = (NAVIGLI / "tile" / kind / "001").read_bytes()
        return len(content) if content.startswith(b"\x1f\x8b") else len(gzip.compress(content))

    proven = packed("names") + 256 * 32
    assert packed("data") / 256 == pytest.approx(traffic._TILE_BYTES, rel=0.5)
    assert proven / 256 == pytest.approx(traffic._NAMES_BYTES, rel=0.3)
    assert packed("data") > 5 * proven
