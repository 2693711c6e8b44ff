"""What stands in a name by chance: short terms in text that no person chose.

Hashes, counters, addresses and UUIDs are the names of most hosts in certificates. Whatever has
three to five letters, digits taken for letters, turns up in them.
"""

import re

from hunter.matching.evidence import is_verbatim, tokens_of
from hunter.matching.finds import Find
from hunter.matching.segmentation import spelling
from hunter.matching.views import DOT, Reading

_NEVER_BY_CHANCE = 6
"""Letters from which a term is not to be expected in random text of a label's length; each edit
takes two of them."""
_RANDOM = 3.5
"""Nats a letter, spelt in words as far as possible, from which text is random; hashes have four."""
_FEW, _MANY = 5, 12
"""Random letters around a term that tell more than it does; and as many as squatters themselves
hardly ever put behind one."""
_SHORTEST_TERM = 3
_REGION = re.compile(
    r"(us|eu|ap|ca|sa|af|me|il|mx|cn|europe|asia|australia|northamerica|southamerica)?(gov|iso[bef]?)?"
    r"(north|south|east|west|central)+(us|europe|asia|india|uk|canada|australia)?[0-9]*[a-z]?"
)
"""How clouds name data centres, hyphens dropped: `eu-west-1`, `us-gov-east-1`, `westeurope`."""


def is_by_chance(reading: Reading, find: Find) -> bool:
    """Whether a short term is part of random text: `dbs` in `dbsna22bb913lu078f3ffgv074g31fas`.

    So is one in digits alone, for nobody reads `88` as `bb`, and in the name of a data centre. A
    token in the term's own letters is no chance, whatever the others are:
    `epos-nb036f022fed40017be124b`.
    """
    text, term = reading.plain[find.start : find.end], find.term
    begin, end = labels = _labels_around(reading, find)
    if text.isdigit() and not term.plain.isdigit():
        return True
    if _REGION.fullmatch(reading.plain, begin, end):
        return True
    if len(term.sought) - 2 * find.distance >= _NEVER_BY_CHANCE:
        return False
    in_letters = is_verbatim(reading, find) and len(term.sought) > _SHORTEST_TERM
    if find.left and find.right and in_letters:
        return False
    least = _MANY if _begins_a_token(reading, find) else _FEW
    return _is_random(reading, find, _tokens_around(reading, find), least) or _is_random(
        reading, find, labels, _MANY
    )


def _begins_a_token(reading: Reading, find: Find) -> bool:
    """Whether it does so in letters: three of them count only in what somebody registered."""
    if not find.left or not (find.distance or is_verbatim(reading, find)):
        return False
    return len(find.term.sought) > _SHORTEST_TERM or find.end > reading.label


def _tokens_around(reading: Reading, find: Find) -> tuple[int, int]:
    start, tokens = tokens_of(reading, find)
    return start, start + sum(map(len, tokens))


def _labels_around(reading: Reading, find: Find) -> tuple[int, int]:
    dots = [at for at, edge in reading.edges.items() if edge == DOT]
    return max(at for at in dots if at <= find.start), min(at for at in dots if at >= find.end)


def _is_random(reading: Reading, find: Find, around: tuple[int, int], least: int) -> bool:
    """Whether so many letters at least stand around it in this range, and no words."""
    begin, end = around
    before, after = reading.plain[begin : find.start], reading.plain[find.end : end]
    size = len(before) + len(after)
    return size >= least and spelling(before) + spelling(after) >= _RANDOM * size
