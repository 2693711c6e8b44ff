"""The canary's name."""

from datetime import UTC, datetime

import pytest

from hunter import canary, names
from hunter.matching import compile_matcher
from hunter.model import Brand

FLIES = datetime(2026, 11, 27, 6, 5, tzinfo=UTC)


def test_the_name_tells_when_it_was_let_fly() -> None:
    """To the minute."""
    domain = canary.domain_at(FLIES.replace(second=59))

    assert canary.is_canary(domain)
    assert canary.released_at(domain) == FLIES


@pytest.mark.parametrize(
    "domain", ["canary.invalid", "canary-20261127t0605.fr", "x.canary-20261127t0605.invalid", ""]
)
def test_nothing_else_is_a_canary(domain: str) -> None:
    """What could be registered must never pass for one."""
    assert not canary.is_canary(domain)


@pytest.mark.parametrize(
    "brand", ["en-marche.fr", "x.com", "en.fr", "bbc.co.uk", "xn--caf-dma.fr", "a.pages.dev"]
)
def test_it_imitates_any_brand_plainly(brand: str) -> None:
    """Also one whose label is too short or too common to be found by itself."""
    domain = canary.domain_at(FLIES)

    (hit,) = compile_matcher((Brand(brand),)).scan(canary.names(domain, [brand]))

    assert hit.match.registrable == names.registrable(hit.match.name) == domain
    assert hit.match.confidence >= 0.9
