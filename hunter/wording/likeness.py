"""The headline: what imitates what, and how."""

import re
from collections.abc import Sequence
from dataclasses import replace

from hunter import names
from hunter.errors import NotAName
from hunter.model import BrandKind, Match, Track
from hunter.wording import respelt
from hunter.wording.catalogue import speaking, spoken, words
from hunter.wording.cleaning import clean, harmless
from hunter.wording.sentences import (
    cut,
    disguises,
    listed,
    name_and_unicode,
    sentence_for_track,
    shown_in_letters,
    shown_name,
)

_MAX_NAME = 253
_MAX_WORDS = 3
_NOT_DISGUISED = frozenset(
    ("combosquatting", "dictionary", "keyword", "exact", "embedding", "subdomain", "")
)
_BECAUSE = re.compile(r" with (\S+), which stands in an alert about ")
"""Where a stored reason says with which domain a value is shared: see `english.TRACKED`."""
_LENGTHENED = frozenset(("addition", "insertion", "plural", "repetition"))


def sentence_for_match(
    match: Match, kind: BrandKind = BrandKind.BRAND, tracks: Sequence[str] = ()
) -> str:
    """The headline: what imitates what, and how; `tracks` are what it shares, `field=value`."""
    name, brand = name_and_unicode(match.name, match.unicode), shown_in_letters(match.brand)
    if match.is_linked:
        reason = _why_looked_at(match, tracks)
        return words.NO_LIKENESS.format(name=name, brand=brand, reason=reason).rstrip()
    techniques = set(re.split(r"[^a-z-]+", match.technique.lower()))
    sentence, around, how = _likeness(match, techniques)
    return sentence.format(
        name=name,
        matched=harmless(match.matched, _MAX_NAME),
        whose=_whose(match, techniques, kind),
        how=how,
        around=around,
        registrable=shown_name(match.registrable),
    )


def _likeness(match: Match, techniques: set[str]) -> tuple[str, str, str]:
    """The sentence with its gaps; what stands around the brand; and how that is disguised."""
    how = _how(match, techniques)
    if "embedding" in techniques or ("subdomain" in techniques and not respelt.has_dot_in(match)):
        return words.EMBEDS, "", f" {how}" if how else ""
    around = "" if _is_lengthened(match, techniques) else _around(match)
    if how and not around and "combosquatting" in techniques and match.unicode:
        # In one international label nothing tells where the name ends and the other word begins.
        return words.CARRIES, f" {how}", ""
    if how:
        return words.CARRIES_DISGUISED if around else words.IS_DISGUISED, around, how
    if around or match.unicode:
        return words.CARRIES, around, ""
    return words.IS_ITSELF if techniques == {"keyword"} else words.IS_ALIKE, "", ""


def _how(match: Match, techniques: set[str]) -> str:
    """How the brand is disguised; empty where it is not."""
    known = {**disguises(), **respelt.in_words(match, techniques)}
    found = [known[one] for one in sorted(techniques & known.keys()) if known[one]]
    if found:
        return listed(found)
    if respelt.is_apart(match):
        return words.RESPELT["apart"]
    return "" if techniques <= _NOT_DISGUISED else words.DISGUISED


def _is_lengthened(match: Match, techniques: set[str]) -> bool:
    """Whether what stands beside it is the character that the technique tells of."""
    return not _LENGTHENED.isdisjoint(techniques) and respelt.has_its_letters(match)


def _why_looked_at(match: Match, tracks: Sequence[str]) -> str:
    """The match's own reason is English; in another language it is told by the track it is of."""
    if spoken() == "en":
        return harmless(match.reason)
    if not tracks:
        return ""
    found = [_track(match, one) for one in tracks]
    with speaking("en"):
        told = [one for one in found if sentence_for_track(one) == match.reason]
    return sentence_for_track(told[0] if told else replace(found[0], because=""))


def _track(match: Match, written: str) -> Track:
    field, _, value = written.partition("=")
    because = _BECAUSE.search(match.reason)
    return Track(field, value, match.brand, names.refang(because[1]) if because else "")


def _whose(match: Match, techniques: set[str], kind: BrandKind) -> str:
    own = kind is BrandKind.BRAND
    if "." in match.term:
        sentence = words.YOUR_DOMAIN if own else words.PARTNERS_DOMAIN
    elif "keyword" in techniques and match.term not in names.to_unicode(match.brand).split("."):
        sentence = words.YOUR_KEYWORD if own else words.PARTNERS_KEYWORD
    else:
        sentence = words.YOUR_NAME if own else words.PARTNERS_NAME
    return sentence.format(matched=harmless(match.term or match.matched, _MAX_NAME))


def _around(match: Match) -> str:
    before, after = _beside(match)
    front, behind = _words(before), _words(_without_suffix(match, after))
    if len(front) == len(behind) == 1:
        return words.WORDS_AROUND.format(before=front[0], after=behind[0])
    sides = []
    if front:
        sentence = words.WORD_BEFORE if len(front) == 1 else words.WORDS_BEFORE
        sides.append(sentence.format(before=listed(front)))
    if behind:
        sentence = words.WORD_AFTER if len(behind) == 1 else words.WORDS_AFTER
        sides.append(sentence.format(after=listed(behind)))
    return words.AND.rstrip().join(sides)


def _beside(match: Match) -> tuple[str, str]:
    """What stands before and behind the term; in the letters of an international name."""
    if match.term and match.term in match.unicode:
        before, _, after = match.unicode.partition(match.term)
    else:
        before, _, after = cut(match)
    return before, after


def _words(text: str) -> list[str]:
    words = [word for word in re.split(r"[\W_]+", clean(text, _MAX_NAME)) if word]
    return words[:_MAX_WORDS]


def _without_suffix(match: Match, after: str) -> str:
    try:
        suffix = names.parse(match.name).suffix
    except NotAName:
        return after
    bare = after.lower().rstrip(".")
    if suffix.endswith(bare):  # it runs into the suffix
        return ""
    return bare.removesuffix(suffix).removesuffix(names.to_unicode(suffix))
