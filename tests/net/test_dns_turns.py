"""Whose turn it is to be asked."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from hunter.net import dns_turns
from hunter.net.dns_turns import Turns


@dataclass(frozen=True)
class Asked:
    """A question."""

    name: str
    kind: str = "A"


def taken(turns: Turns[Asked]) -> Iterator[Asked]:
    """All whose turn it is by now."""
    while one := turns.take():
        yield one


def test_a_name_is_asked_one_thing_and_the_rest_once_that_is_answered() -> None:
    """Before names that wait for their first."""
    turns: Turns[Asked] = Turns()
    for name in ("a", "b"):
        for kind in ("A", "MX", "NS"):
            turns.add(Asked(name, kind))

    assert turns.take() == Asked("a")
    turns.heard("a", silent=False)
    assert [*taken(turns)] == [Asked("a", "MX"), Asked("a", "NS"), Asked("b")]


def test_whoever_is_silent_comes_after_all_others() -> None:
    """With the rest, and with what is asked later, until it answers."""
    turns: Turns[Asked] = Turns()
    turns.add(Asked("silent"))
    turns.add(Asked("silent", "MX"))
    assert turns.take() == Asked("silent")
    turns.heard("silent", silent=True)
    turns.add(Asked("other"))
    assert [*taken(turns)] == [Asked("other"), Asked("silent", "MX")]

    turns.add(Asked("silent"))
    turns.add(Asked("new"))
    assert [*taken(turns)] == [Asked("new"), Asked("silent")]

    turns.heard("silent", silent=False)
    turns.add(Asked("silent"))
    turns.add(Asked("third"))
    assert [*taken(turns)] == [Asked("silent"), Asked("third")]


def test_what_waited_behind_one_that_was_given_up_keeps_its_place() -> None:
    """It need not wait for an answer any more, but of whoever is silent it still comes last."""
    turns: Turns[Asked] = Turns()
    turns.heard("silent", silent=True)
    for name, kind in (("silent", "A"), ("silent", "MX"), ("other", "A"), ("other", "MX")):
        turns.add(Asked(name, kind))
    assert turns.take() == Asked("other")
    turns.let_on("other")
    turns.let_on("silent")
    assert [*taken(turns)] == [Asked("other", "MX"), Asked("silent"), Asked("silent", "MX")]


def test_not_all_who_were_ever_silent_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """But the latest."""
    monkeypatch.setattr(dns_turns, "_MOST_SILENT", 1)
    turns: Turns[Asked] = Turns()
    for name in ("old", "new"):
        turns.heard(name, silent=True)
    for name in ("new", "old"):
        turns.add(Asked(name))

    assert [*taken(turns)] == [Asked("old"), Asked("new")]


def test_all_that_waits_is_given_back_at_the_end() -> None:
    """Wherever it waits; nothing is left."""
    turns: Turns[Asked] = Turns()
    for name, kind in (("a", "A"), ("a", "MX"), ("b", "A")):
        turns.add(Asked(name, kind))

    assert {*turns.clear()} == {Asked("a"), Asked("a", "MX"), Asked("b")}
    assert turns.take() is None
