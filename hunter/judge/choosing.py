"""Of many compiled checks those that hold: one function for all of them.

Most rules ask first whether a name resembles the brand: what several ask is asked once. And each
field is looked at once, when it is first asked for, for most rules end early. Both are written out
as source, for a call at each of these places would cost more than what is done there.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from hunter.judge.seen import ANY_FIELD, Fields, Layout, every_value

Which: TypeAlias = Callable[[Fields], list[int]]
Conjuncts: TypeAlias = Sequence[str]
"""Expressions over the places of a layout that must all hold, the cheap ones first."""

_PLACE = re.compile(r"s\[(\d+)\]")


def joined(conjuncts: Conjuncts) -> str:
    """All of them as one expression."""
    return " and ".join([f"({conjunct})" for conjunct in conjuncts]) or "True"


def choosing(checks: Sequence[Conjuncts], layout: Layout, wanted: Mapping[str, Any]) -> Which:
    """A function that says which of the checks hold, by their numbers in order.

    `wanted` is what the names in the expressions stand for.
    """
    scope = {**wanted, "none": (), "every": every_value}
    for place, (name, known, form) in enumerate(layout.order):
        scope |= {f"n{place}": name, f"k{place}": known, f"f{place}": form}
    lines = ["def which(fields):", " get = fields.get", " found = []"]
    lines.extend(f" m{place} = None" for place in range(len(layout.order)))
    for first, members in _grouped(checks).items():
        lines.append(f" if {first}:")
        lines.extend(f"  if {rest}: found.append({number})" for number, rest in members)
    lines.extend([" found.sort()", " return found"])
    source = _PLACE.sub(lambda found: _looked_at(int(found[1]), layout), "\n".join(lines))
    # Names, places and operators of this package are all that it is made of.
    exec(source, scope)  # noqa: S102
    which: Which = scope["which"]
    return which


def _grouped(checks: Sequence[Conjuncts]) -> Mapping[str, list[tuple[int, str]]]:
    """What is asked first → the checks that begin so, by their numbers, and the rest of each."""
    asked = Counter(one for check in checks for one in dict.fromkeys(check))
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, check in enumerate(checks):
        first = max(check, key=lambda one: asked[one])
        groups[first].append((number, joined([one for one in check if one != first])))
    return groups


def _looked_at(place: int, layout: Layout) -> str:
    """The source for what stands at a place: `Layout.lay_out` does the same by calls."""
    name, known, _ = layout.order[place]
    if name == ANY_FIELD:
        value = f"f{place}(every(fields))"
    elif known:
        value = f"k{place}[(raw := get(n{place}, none)).__class__][raw]"
    else:
        value = f"f{place}(get(n{place}, none))"
    return f"(m{place} if m{place} is not None else (m{place} := {value}))"
