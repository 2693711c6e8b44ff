"""What a shell proposes for an option of which only some words will do."""

from collections.abc import Iterable


def beginning(begun: str, words: Iterable[object]) -> list[str]:
    """Those of the words that begin as what is typed."""
    return [word for word in map(str, words) if word.startswith(begun)]


def formats(begun: str) -> list[str]:
    """Of exports."""
    from hunter import ribs

    return beginning(begun, ribs.names("exports"))


def levels(begun: str) -> list[str]:
    """How grave an alert is."""
    from hunter.model import Level

    return beginning(begun, Level)


def states(begun: str) -> list[str]:
    """Where triage of an alert stands."""
    from hunter.model import AlertState

    return beginning(begun, AlertState)


def transitions(begun: str) -> list[str]:
    """What happens to an alert."""
    from hunter.model import TRANSITIONS

    return beginning(begun, TRANSITIONS)


def reasons(begun: str) -> list[str]:
    """Why an alert is dismissed."""
    from hunter.feedback import REASONS

    return beginning(begun, REASONS)


def tracked(begun: str) -> list[str]:
    """Fields that a track can watch."""
    from hunter.trackable import FIELDS

    return beginning(begun, FIELDS)


def sorts(begun: str) -> list[str]:
    """By what the answers of a search are sorted."""
    from hunter.search import SORTS

    return beginning(begun, SORTS)
