"""What stands in a name by chance: in text that no person chose.

Hashes, counters, addresses and UUIDs are the names of most hosts in certificates. Whatever has
three to five letters, digits taken for letters, turns up in them.
"""

import re

from hunter.matching.evidence import is_verbatim, labels_around, tokens_of
from hunter.matching.places import Find
from hunter.matching.segmentation import spelling
from hunter.matching.views import Reading

_NEVER_BY_CHANCE = 6
"""Letters from which a term is not to be expected in random text of a label's length; each edit
takes two of them."""
_RANDOM = 3.5
"""Nats a letter, spelt in words as far as possible, from which text is random; hashes have four."""
_FEW, _MANY = 5, 12
"""Random letters around a term that tell more than it does; and as many as squatters themselves
hardly ever put behind one."""
_BEFORE_RANDOM = 5
"""Letters from which a term that begins its token in a registered name is no chance, whatever comes
behind: `applee7a781e381ae.help`."""
_SHORTEST_TERM = 3
_PLACES = "us|eu|ap|ca|sa|af|me|il|mx|cn|europe|asia|australia|northamerica|southamerica"
_SIDES = "(?:north|south|east|west|central)+"
_REGION = re.compile(
    rf"(?:{_PLACES})(?:gov|iso[bef]?)?{_SIDES}[0-9]+[a-z]?"
    rf"|{_SIDES}(?:us|europe|asia|india|uk|canada|australia)[0-9]*"
)
"""How clouds name data centres, hyphens dropped: `eu-west-1`, `us-gov-east-1`, `westeurope`."""
_YEAR = re.compile("(?:19|20)[0-9]{2}")


def is_by_chance(reading: Reading, find: Find) -> bool:
    """Whether what is found is part of what a program named, not of what somebody chose.

    A short term in random text (`dbs` in `dbsna22bb913lu078f3ffgv074g31fas`), one in digits alone,
    for nobody reads `88` as `bb`, and whatever stands in the name of a data centre. A token in the
    term's own letters is no chance, whatever the others are, when it has four of them or somebody
    registered it: `epos-nb036f022fed40017be124b.cf`.
    """
    in_host = find.end <= reading.label
    alone = bool(find.left and find.right)
    begin, end = labels = labels_around(reading, find)
    if in_host and _REGION.fullmatch(reading.plain, begin, end):
        return True
    if _is_in_digits(reading, find) and (in_host or not alone):
        return True
    letters = len(find.term.sought)
    if letters - 2 * find.distance >= _NEVER_BY_CHANCE:
        return False
    named = is_verbatim(reading, find) and (letters > _SHORTEST_TERM or not in_host)
    if alone and named and letters >= _SHORTEST_TERM:
        return False
    if find.left and named and not in_host and letters >= _BEFORE_RANDOM:
        return False
    # Squatters put random text behind a term; before it, or behind other letters, hardly any.
    begins = bool(find.left) and (named or (find.distance > 0 and letters > _SHORTEST_TERM))
    around, _ = tokens_of(reading, find)
    return _is_random(reading, find, around, _MANY if begins else _FEW) or _is_random(
        reading, find, labels, _MANY
    )


def _is_in_digits(reading: Reading, find: Find) -> bool:
    """Whether letters of the term are to be read in digits, and nothing but these."""
    text = reading.plain[find.start : find.end]
    return text.isdigit() and not find.term.plain.isdigit()


def _is_random(reading: Reading, find: Find, around: tuple[int, int], least: int) -> bool:
    """Whether so many letters at least stand around it in this range, no words and no year."""
    begin, end = around
    beside = (reading.plain[begin : find.start], reading.plain[find.end : end])
    texts = [text for text in beside if not _YEAR.fullmatch(text)]
    size = sum(map(len, texts))
    return size >= least and sum(map(spelling, texts)) >= _RANDOM * size
