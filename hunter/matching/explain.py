"""Why a name does or does not match, view by view and term by term, for a person to read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from hunter.allow import covered_by
from hunter.matching.affixes import themes_within
from hunter.matching.changes import edits_told
from hunter.matching.confidence import LEAST_TOLD, confidence, is_told, weighed
from hunter.matching.decisive import Decisive
from hunter.matching.evidence import is_in_its_letters
from hunter.matching.finds import every_find, every_place, objection
from hunter.matching.matcher import Matcher
from hunter.matching.places import Find
from hunter.matching.scenes import beside
from hunter.matching.techniques import tell
from hunter.matching.terms import Term
from hunter.matching.views import Reading, read
from hunter.model import Match, hundredths


@dataclass(frozen=True, slots=True)
class Step:
    """One view of the name, or one term tried on it, and what came of it."""

    brand: str
    """Empty for the views, which are the same for every brand."""
    view: str
    text: str
    term: str
    outcome: str
    """A sentence."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All steps for one name, and the matches they lead to."""

    name: str
    matches: tuple[Match, ...]
    steps: tuple[Step, ...]


def explain(matcher: Matcher, name: str) -> Explanation:
    """Every view of the name and every term tried on it, also when nothing comes of it."""
    reading = read(name)
    if reading is None:
        step = _of_view("raw", name, "This is no domain name, so nothing was looked for.")
        return Explanation(name, (), (step,))
    if reading.registrable == reading.suffix:
        outcome = "This is a public suffix: only its registry has it, so nothing was looked for."
        return Explanation(name, (), (_of_view("raw", reading.written, outcome),))
    if not reading.head:
        outcome = "No letter stands before the public suffix, so nothing was looked for."
        return Explanation(name, (), (_of_view("raw", reading.written, outcome),))
    matches, steps = matcher.match(name), [*_views(reading)]
    for brand in matcher.brands:
        if entry := covered_by(brand, reading.text):
            outcome = f"Covered by {entry}: it never matches."
            steps.append(Step(brand.domain, "raw", reading.text, "", outcome))
            continue
        terms = [term for term in matcher.terms if term.brand is brand]
        match = next((one for one in matches if one.brand == brand.domain), None)
        steps += _brand_steps(reading, terms, match, shortly=bool(matches))
    return Explanation(name, matches, tuple(steps))


def _views(reading: Reading) -> Iterator[Step]:
    yield _of_view("raw", reading.written, f"The registrable domain is {reading.registrable}.")
    if reading.unicode != reading.text:
        yield _of_view("unicode", reading.unicode, "What a browser may show: A-labels decoded.")
    yield _of_view("glue", reading.plain, "Lookalikes as plain letters; hyphens and dots dropped.")
    alike = "What looks alike made one: 0 is o, 1 and i are l, 5 is s."
    yield _of_view("fold", reading.folded, alike)


def _of_view(view: str, text: str, outcome: str) -> Step:
    return Step("", view, text, "", outcome)


def _brand_steps(
    reading: Reading, terms: list[Term], match: Match | None, *, shortly: bool
) -> Iterator[Step]:
    """What came of each term; `shortly`, those that nothing comes near are left out."""
    for term in terms:
        if _only_looks_like(reading, term):
            continue
        if found := every_find(reading, term):
            yield _of_best(reading, found, match)
        elif ruled_out := every_place(reading, term):
            find = min(ruled_out, key=lambda each: each.distance)
            yield _of_find(reading, find, _ruled_out(reading, find))
        elif not (term.twist or shortly):
            yield _nearest_miss(reading, term)


def _of_best(reading: Reading, found: list[Find], match: Match | None) -> Step:
    """The find that the match tells, if it is among them, or else the surest.

    It may be a longer one than that which the match is as sure as.
    """
    told = [find for find in found if match and _tells(match, reading, find)]
    find = max(told or found, key=lambda each: (confidence(reading, each), -each.distance))
    outcome = _verdict(reading, find)
    if told and match and hundredths(match.confidence) != hundredths(confidence(reading, find)):
        outcome += f" The match is as sure as what it holds: {hundredths(match.confidence)}."
    return _of_find(reading, find, outcome)


def _tells(match: Match, reading: Reading, find: Find) -> bool:
    told = tell(reading, find)
    said = (match.term, match.technique, match.reason, match.span)
    return said == (find.term.written, told.technique, told.reason, told.span)


def _of_find(reading: Reading, find: Find, outcome: str) -> Step:
    term, part = find.term, _shown(reading, find.start, find.end)
    return Step(term.brand.domain, term.twist or "fold", part, term.written, outcome)


def _only_looks_like(reading: Reading, term: Term) -> bool:
    """Whether what reads as a term in another alphabet is not in its letters: `makpoh`."""
    places = every_place(reading, term) if term.letters else []
    return bool(places) and not any(is_in_its_letters(reading, find) for find in places)


def _shown(reading: Reading, start: int, end: int) -> str:
    begin, finish = reading.span(start, end)
    return reading.written[begin:finish]


def _verdict(reading: Reading, find: Find) -> str:
    sure = confidence(reading, find)
    themes = dict.fromkeys(_THEMES, 0.0)
    decided = ""
    for evidence, points in weighed(reading, find):
        if isinstance(evidence, Decisive):
            decided += f" {evidence.replace(':', f' ({points:+.1f}):', 1)}."
        else:
            themes[_theme(evidence)] += points
    told = tell(reading, find)
    asking = _asking(reading, find)
    shown = ", ".join(
        f"{theme}{asking if theme == _BESIDE else ''} {points:+.1f}"
        for theme, points in themes.items()
        if abs(points) >= _WORTH
    )
    outcome = f"{told.technique}: {told.reason}. Confidence {hundredths(sure)}, in log-odds: "
    outcome += f"{shown}.{decided}"
    if is_told(reading, find, sure):
        return outcome
    return f"{outcome} At {sure:.3f} it is no match: that takes {LEAST_TOLD}."


def _asking(reading: Reading, find: Find) -> str:
    """The texts beside it that hold words of squatters: they are why that has so many points."""
    left, right, others = beside(reading, find)
    asking = [f"`{text}`" for text in (left, right, *others) if themes_within(text)]
    return f" ({', '.join(asking)})" if asking else ""


_WORTH = 0.05
"""Points below which a piece of evidence is not worth a word."""
_BEGIN, _NEAR, _RARE = "to begin with", "how near and where", "how rare the term is"
_BESIDE, _ENDING = "what stands beside it", "the ending"
_LETTERS, _WORDS = "how unusual the letters are", "how unlike ordinary words"
_THEMES = (_BEGIN, _NEAR, _RARE, _BESIDE, _ENDING, _LETTERS, _WORDS)
_SIGNS = (
    (r"base ", _BEGIN),
    (r"\S+ letters", _LETTERS),
    (r"\S+ \.|.*suffix", _ENDING),
    (r".* (before|after):|lure |other-token", _BESIDE),
    (r"(exact|typo) \d|\S+ term-", _RARE),
    (r".*words?\b", _WORDS),
)


@cache
def _theme(evidence: str) -> str:
    """What a reader wants to know of a piece of evidence, by its name."""
    found = (theme for sign, theme in _SIGNS if re.match(sign, evidence))
    return next(found, _NEAR)


def _ruled_out(reading: Reading, find: Find) -> str:
    """What is near enough by its letters, and what speaks against it."""
    shown = _shown(reading, find.start, find.end)
    near = f"It holds `{shown}`"
    if find.distance:
        near = f"`{shown}` is {edits_told(find.distance)} from {find.term.written}"
    return f"{near}, but {objection(reading, find)}."


def _nearest_miss(reading: Reading, term: Term) -> Step:
    """How far the nearest part of the name is from the term, and which limit that exceeds."""
    size = len(term.sought)
    distance, start, end = _nearest_part(reading.folded[: reading.head], term.sought)
    # Of an A-label no part can be shown as it is written.
    part = reading.plain[start:end] if reading.places else _shown(reading, start, end)
    if distance == 0:
        limit = "it stands inside a longer word, and a term this short counts only at a word's edge"
    elif distance >= size - 1:
        limit = "nothing in the name comes near it"
    else:
        limit = "more than a term of this length may differ where it stands"
    outcome = f"The nearest part, `{part}`, is {edits_told(distance)} from {term.written}: {limit}."
    return Step(term.brand.domain, "fold", part, term.written, outcome)


def _nearest_part(text: str, term: str) -> tuple[int, int, int]:
    """How many edits the nearest part of the text is from the term, and its range.

    Of several as near it is the one whose length is most like the term's.
    """
    size = len(term)
    ranges = (
        (start, start + length)
        for start in range(len(text))
        for length in range(1, min(2 * size, len(text) - start) + 1)
    )
    ranked = (
        (OSA.distance(text[start:end], term), abs(end - start - size), start, end)
        for start, end in ranges
    )
    distance, _, start, end = min(ranked)
    return distance, start, end
