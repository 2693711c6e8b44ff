"""What somebody does under a name of their own, which is no brand's then: `garage-macron`."""

import re
from math import inf
from string import digits

from hunter.matching.asking import OF_SQUATTERS, asks, beside_in_its_part
from hunter.matching.evidence import lies_in_common_words
from hunter.matching.phrases import is_apart, is_set_phrase
from hunter.matching.places import Find
from hunter.matching.scenes import Scene, beside
from hunter.matching.segmentation import NEVER_NAMED, word_nats
from hunter.matching.terms import names_of
from hunter.matching.views import Reading
from hunter.matching.words import COMMON_WORD, LESS_COMMON_WORD, trades

_WORDS = frozenset((LESS_COMMON_WORD, COMMON_WORD))
_OFFICES = frozenset((
    "associes", "cabinet", "maitre", "fils", "freres", "ets", "etablissements", "association",
    "asso", "amicale",
))  # fmt: skip
"""What says of no trade which it is."""
_GAMES = (
    "casino", "casinos", "kasino", "kazino", "cazino", "slot", "slots", "jackpot", "roulette",
    "poker", "betting", "avtomaty", "igrovye",
)  # fmt: skip
"""Games of chance, and what Russian sites call them."""
_GAME = re.compile("|".join(_GAMES))
_GAMBLING = ("casino", "kasino", "bet", "slot", "poker", "lot", "jackpot", "spin", "play", "game")
"""What is in the names of those who offer them."""


def is_trade(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is a word or a surname with what somebody called so does: `garage-macron`.

    So are the words of a brand that writes them as one: `cafe-place-publique`. A keyword may be the
    surname of a person, and such as no list of words holds: `garage-retailleau`. In front of a
    foreign domain the trade is in the same label: `piscine-retailleau.ville-les-herbiers`.
    """
    if not (around.as_written or _is_near_a_keyword(reading, find)):
        return False
    if around.in_subdomain and around.suffix in OF_SQUATTERS:
        return False
    if _is_written_as_a_brand(reading, find):
        return False
    found = trades().intersection(beside_in_its_part(reading, find))
    if found and not (around.word in _WORDS or _is_of_glued_words(reading, find)):
        found = frozenset() if find.term.is_own_label else _trades_of_others(find, found)
    return bool(found) and not asks(reading, find, around)


def is_casino(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is called a casino or the like, whatever asks: `admiral-casino-official.win`.

    Such are called as anybody is, and who fishes for customers says of nobody that it is one; but
    of those who are.
    """
    if not around.word.startswith("word") or not _GAME.search(reading.plain):
        return False
    texts = [text.strip(digits) for text in beside_in_its_part(reading, find)]
    if not any(text.startswith(_GAMES) or text.endswith(_GAMES) for text in texts):
        return False
    return not any(game in name for game in _GAMBLING for name in names_of(find.term.brand))


def _is_near_a_keyword(reading: Reading, find: Find) -> bool:
    """Whether it may be another surname, in letters alone: `melanchon` for melenchon."""
    text = reading.plain[find.start : find.end]
    return find.distance > 0 and not find.term.is_own_label and text.isalpha()


def _is_written_as_a_brand(reading: Reading, find: Find) -> bool:
    """Whether it has digits, or is the brand's own label and no words: `bfmtv-radio`."""
    term = find.term
    if not term.plain.isalpha():
        return True
    alone = bool(find.left and find.right) and not is_apart(reading, find)
    if not (alone and term.is_own_label) or is_set_phrase(term.plain, spelt=True):
        return False
    return word_nats().get(term.plain, inf) >= NEVER_NAMED


def _trades_of_others(find: Find, found: frozenset[str]) -> frozenset[str]:
    """Without the brand's own trade, and without what any office or firm is called."""
    own = names_of(find.term.brand)
    return frozenset(
        trade
        for trade in found - _OFFICES
        if not any(trade.removesuffix("s") in name for name in own)
    )


def _is_of_glued_words(reading: Reading, find: Find) -> bool:
    """Whether the brand glues words: an article and a noun, or what stands there as words."""
    if find.term.tokens:
        return False
    if is_set_phrase(find.term.plain, spelt=True):
        return True
    return is_apart(reading, find) and lies_in_common_words(reading, find)


def is_its_office(reading: Reading, find: Find) -> bool:
    """Whether nothing but what any office is called stands beside it: `association-en-marche`."""
    left, right, others = beside(reading, find)
    texts = {text for text in (left, right, *others) if text}
    return bool(texts) and texts <= _OFFICES
