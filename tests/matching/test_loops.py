"""Compiled loops are used only when they were made of the sources beside them."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from hunter.matching import loops, tables
from hunter.matching.loops import Loops, loops_of, made_of


@pytest.mark.skipif(tables.LOOPS is Loops.ABSENT, reason="the sieve is not compiled here")
def test_the_build_tells_the_loops_what_they_are_made_of() -> None:
    """Or they would never be used; install again when you have changed them."""
    assert tables.LOOPS is Loops.CURRENT


def test_loops_of_other_sources_are_left_out() -> None:
    """Also those of a time when nobody asked."""
    assert loops_of(SimpleNamespace(MADE_OF="of something else")) is Loops.OUTDATED
    assert loops_of(SimpleNamespace()) is Loops.OUTDATED
    assert loops_of(SimpleNamespace(MADE_OF=made_of())) is Loops.CURRENT


def test_any_change_of_a_source_makes_loops_outdated(tmp_path: Path) -> None:
    """Of the module, and of what it includes."""
    (tmp_path / "_a.pyx").write_text("one", encoding="utf-8")
    first = made_of(tmp_path)
    (tmp_path / "_b.pxi").write_text("two", encoding="utf-8")

    assert len({first, made_of(tmp_path), ""}) == 3


def test_loops_whose_sources_are_not_installed_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package may come without them, and then they cannot have changed."""
    monkeypatch.setattr(loops, "made_of", lambda: "")

    assert loops_of(SimpleNamespace(MADE_OF="whatever")) is Loops.CURRENT
