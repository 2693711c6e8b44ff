"""The public suffix of a name, at the price of a few set look-ups.

`names.parse` says the same (a test compares them) but validates as it goes, which is too slow for
every candidate of a bulk run.
"""

from functools import cache

from hunter import names

_MOST_LABELS = 6


def suffix_at(name: str) -> int:
    """Where in the lower-case ASCII name its public suffix begins, after publicsuffix.org."""
    rules = _rules()
    labels = name.split(".")
    for first in range(max(len(labels) - _MOST_LABELS, 0), len(labels)):
        tail = ".".join(labels[first:])
        if "!" + tail in rules:
            return len(name) - len(tail) + len(labels[first]) + 1
        if tail in rules or "*." + ".".join(labels[first + 1 :]) in rules:
            return len(name) - len(tail)
    return len(name) - len(labels[-1])


def registrable(name: str, suffix: int) -> str:
    """The suffix that begins at `suffix` and one label more; a bare suffix is itself."""
    return name[name.rfind(".", 0, suffix - 1) + 1 :] if suffix else name


@cache
def _rules() -> frozenset[str]:
    return names.suffix_rules()
