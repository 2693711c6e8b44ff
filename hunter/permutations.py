"""Names that a squatter could register for a brand. The only user of dnstwist.

Source of the single techniques: dnstwist's `Fuzzer`. Added here are what it never builds: the label
without its hyphens, each of `hunter.spellings`, any of these under another
top-level domain, and the brand's words beside them.

The ranking (lower is more plausible) adds up three things, each explained where it is written:
what the technique costs (`COST`), how far down its list the word or the top-level domain stands,
and how wide the stretch of the label is that differs from the brand's own.
"""

import socket
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import Any

from hunter import spellings
from hunter.errors import NotAName
from hunter.matching.places import ends_short
from hunter.matching.terms import spelt, split_domain
from hunter.names import parse, suffix_rules, to_unicode

COST = {
    "tld-swap": 0,  # one purchase, no thought; the commonest in every set of observed lookalikes
    "dictionary": 3,  # mail-en-marche.fr
    "various": 5,  # en-marche-fr.com
    "omission": 7,
    "repetition": 8,
    "transposition": 8,
    "hyphenation": 8,
    "homoglyph": 9,  # rn for m, l for i; an IDN costs more, see `_IDN`
    "plural": 10,
    "replacement": 12,
    "insertion": 14,
    "vowel-swap": 14,
    "addition": 16,
    "cyrillic": 18,
    "subdomain": 20,
    "bitsquatting": 24,
}
"""What each technique of dnstwist costs, and those added here. A combination `a+b` costs both and
`_COMBINED` more."""

_COMBINED = 5
_IDN = 4
_PER_STEP = 4
"""This many places further down its list, a word or a top-level domain costs one more."""

_GLUED, _BETWEEN, _INSTEAD = 2, 5, 8
"""What it costs that a word is glued to the label, inside it, or in place of one of its parts."""

_WHOLE_ENDING = -12
"""What it saves that a public suffix stands behind the dot: the name is nobody's yet, where
`en-mar.che.fr` is part of somebody's."""

_CROSSED_TLDS = 6
_CROSSED_COST = 8
"""Combinations with a word that cost more than this under the brand's suffix are not crossed."""

_SHORTEST_HEAD = 3
"""Letters before the dot from which people still read the brand."""
_CROSSED_TYPOS = frozenset({"omission", "repetition", "transposition", "hyphenation", "plural"})
_LONGEST_FUZZED_TWICE = 18
"""dnstwist's homoglyphs replace two places at once: a label of 63 takes it a minute and 500 MB."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})

_WORD_LISTS = ("words_campaign_fr", "words_campaign_en")
_TLD_LISTS = ("tlds_common", "tlds_francophone", "tlds_abused")


@dataclass(frozen=True, slots=True)
class Permutation:
    """A name a squatter could register, in A-labels, and dnstwist's name of the technique."""

    domain: str
    fuzzer: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A label under a suffix, not yet known to be a name."""

    label: str
    suffix: str
    fuzzer: str
    cost: int


def campaign_words() -> tuple[str, ...]:
    """The shipped French and English words, the most telling of each first."""
    return _merged(_WORD_LISTS)


def campaign_tlds() -> tuple[str, ...]:
    """The shipped top-level domains: common, francophone, then cheap and abused ones."""
    return _merged(_TLD_LISTS)


@cache
def _merged(lists: tuple[str, ...]) -> tuple[str, ...]:
    """The lists zipped together, so that the head of each comes before the tail of any."""
    columns = [_shipped(name) for name in lists]
    longest = max(map(len, columns))
    rows = [column[place] for place in range(longest) for column in columns if place < len(column)]
    return tuple(dict.fromkeys(rows))


def _shipped(name: str) -> list[str]:
    text = (files("hunter") / "data" / f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def permute(
    domain: str, *, dictionary: Sequence[str] = (), tlds: Sequence[str] = ()
) -> Iterator[Permutation]:
    """Every permutation of the brand's domain once, most plausible first, never the domain itself.

    `dictionary` are words to put beside the label and `tlds` suffixes to put it under, both with
    the most plausible first. The order depends on the arguments only. Raises NotAName.
    """
    brand = parse(domain)
    label, suffix = split_domain(brand.registrable)
    best: dict[str, tuple[int, str]] = {}
    for written in _written(to_unicode(label)):
        for candidate in _candidates(written, suffix, dictionary, tlds):
            name = _name(candidate)
            ranked = (_cost(candidate, written), candidate.fuzzer)
            if name and name != brand.registrable and ranked < best.get(name, (1 << 30, "")):
                best[name] = ranked
    for name, (_, fuzzer) in sorted(best.items(), key=lambda item: (item[1], item[0])):
        yield Permutation(name, fuzzer)


def _written(label: str) -> Iterator[str]:
    """The label as people read it, and without its accents, as many people type it."""
    yield label
    parts = unicodedata.normalize("NFD", label.translate(_LIGATURES))
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    if bare != label and bare.isascii():
        yield bare


def _candidates(
    label: str, suffix: str, dictionary: Sequence[str], tlds: Sequence[str]
) -> Iterator[_Candidate]:
    single = list(_by_dnstwist(label, suffix))
    worded = list(_with_words(label, suffix, dictionary))
    typos = [found for found in single if found.fuzzer in _CROSSED_TYPOS]
    other = list(_spelt(label, suffix))
    yield from single
    yield from other
    yield from worded
    yield from _glued_suffix(label, suffix, tlds)
    yield from _swapped(_plain_labels(label), suffix, tlds)
    yield from _ended(label)
    few = tlds[:_CROSSED_TLDS]
    near = [found for found in worded if found.cost <= _CROSSED_COST]
    yield from _crossed(near, suffix, few)
    yield from _crossed(typos, suffix, few)
    yield from _crossed(other, suffix, few)


def _by_dnstwist(label: str, suffix: str) -> Iterator[_Candidate]:
    fuzzer = _dnstwist().Fuzzer("a.b")
    # Its own split of a domain knows a dozen suffixes; names.parse knows them all.
    fuzzer.subdomain, fuzzer.domain, fuzzer.tld = "", label, suffix
    fuzzers = [name for name in COST if name not in {"dictionary", "tld-swap"}]
    if len(label) > _LONGEST_FUZZED_TWICE:
        fuzzers.remove("homoglyph")
        yield from _single_homoglyphs(fuzzer, suffix)
    fuzzer.generate(fuzzers=fuzzers)
    for found in fuzzer.domains:
        name = found["domain"]
        under = suffix if name.endswith("." + suffix) else name.partition(".")[2]
        yield _Candidate(name.removesuffix("." + under), under, found["fuzzer"], 0)


@cache
def _dnstwist() -> ModuleType:
    """Importing it sets a time-out for every socket of the process; that is undone here."""
    before = socket.getdefaulttimeout()
    import dnstwist

    socket.setdefaulttimeout(before)
    module: ModuleType = dnstwist
    return module


def _single_homoglyphs(fuzzer: Any, suffix: str) -> Iterator[_Candidate]:
    label: str = fuzzer.domain
    for glyphs in (fuzzer.glyphs_ascii, fuzzer.glyphs_unicode):
        for place in range(len(label)):
            for width in (1, 2):
                for glyph in glyphs.get(label[place : place + width], ()):
                    text = label[:place] + glyph + label[place + width :]
                    yield _Candidate(text, suffix, "homoglyph", 0)


def _spelt(label: str, suffix: str) -> Iterator[_Candidate]:
    """`marche-en`, `onexbet`: other ways to write the label, glued and with hyphens."""
    words = tuple(label.split("-")) if "-" in label else ()
    proposed = {name: one for name, one in spellings.every().items() if one.COST is not None}
    for name, parts in spelt(proposed, label.replace("-", ""), words):
        for text in dict.fromkeys(("-".join(parts), "".join(parts))):
            yield _Candidate(text, suffix, proposed[name].TECHNIQUE, 0)


def _with_words(label: str, suffix: str, dictionary: Sequence[str]) -> Iterator[_Candidate]:
    for place, word in enumerate(dictionary):
        for text, cost in _beside(label, word):
            yield _Candidate(text, suffix, "dictionary", cost + place // _PER_STEP)


def _beside(label: str, word: str) -> Iterator[tuple[str, int]]:
    """The word before, after and inside the label, and in place of its first or last part.

    Of what is left of the label somebody must still think of the brand: `parti-don` is nobody's.
    """
    for plain in _plain_labels(label):
        yield from ((f"{word}-{plain}", 0), (f"{plain}-{word}", 0))
        yield from ((f"{word}{plain}", _GLUED), (f"{plain}{word}", _GLUED))
    head, hyphen, tail = label.partition("-")
    if hyphen:
        yield (f"{head}-{word}-{tail}", _BETWEEN)
        rest = label.rpartition("-")[0]
        for left, text in ((tail, f"{word}-{tail}"), (rest, f"{rest}-{word}")):
            if 2 * len(left) > len(label):
                yield text, _INSTEAD


def _plain_labels(label: str) -> tuple[str, ...]:
    glued = label.replace("-", "")
    return (label,) if glued == label else (label, glued)


def _glued_suffix(label: str, suffix: str, tlds: Sequence[str]) -> Iterator[_Candidate]:
    """`en-marche-fr.com`, `enmarchefr.com`: the brand's own suffix as a word, under another."""
    word = suffix.replace(".", "-")
    for place, tld in enumerate([suffix, *tlds[: 2 * _CROSSED_TLDS]]):
        for plain in _plain_labels(label):
            for text in (f"{plain}-{word}", plain + word.replace("-", "")):
                yield _Candidate(text, tld, "various", place // _PER_STEP)


def _swapped(labels: Sequence[str], suffix: str, tlds: Sequence[str]) -> Iterator[_Candidate]:
    for label in labels:
        # Under its own suffix, the label without hyphens is what dnstwist calls an omission.
        yield _Candidate(label, suffix, "omission", 0)
        for place, tld in enumerate(tlds):
            if tld != suffix:
                yield _Candidate(label, tld, "tld-swap", place // _PER_STEP)


def _ended(label: str) -> Iterator[_Candidate]:
    """`protonma.il`, `mailch.im`: a public suffix as the end, whole or but for the last letter."""
    for plain in _plain_labels(label):
        for at in range(_SHORTEST_HEAD, len(plain)):
            # What stands behind the dot differs from nothing.
            saved = _WHOLE_ENDING - len(plain[at:])
            if plain[at:] in suffix_rules():
                yield _Candidate(plain[:at], plain[at:], "subdomain", saved)
            if plain[at:-1] in suffix_rules() and ends_short(plain, at):
                # The letter is left out for the dot's sake: one idea, not two.
                saved -= _COMBINED
                yield _Candidate(plain[:at], plain[at:-1], "omission+subdomain", saved)


def _crossed(found: Sequence[_Candidate], suffix: str, tlds: Sequence[str]) -> Iterator[_Candidate]:
    for candidate in found:
        if candidate.suffix == suffix:
            for place, tld in enumerate(tlds):
                fuzzer = f"{candidate.fuzzer}+tld-swap"
                yield _Candidate(candidate.label, tld, fuzzer, candidate.cost + place)


def _name(candidate: _Candidate) -> str:
    """The candidate as a registrable-looking name in A-labels; empty when no registry takes it."""
    text = f"{candidate.label}.{candidate.suffix}"
    try:
        name = parse(text)
    except NotAName:
        return ""
    labels = name.text.removesuffix("." + candidate.suffix).split(".")
    sound = all(not part.startswith("-") and not part.endswith("-") for part in labels)
    return name.text if sound and "_" not in name.text else ""


def _cost(candidate: _Candidate, label: str) -> int:
    techniques = candidate.fuzzer.split("+")
    cost = sum(_costs()[name] for name in techniques) + _COMBINED * (len(techniques) - 1)
    cost += candidate.cost
    if _of_words().isdisjoint(techniques):
        cost += _changed_width(candidate.label, label)
    return cost + (0 if _is_plain(candidate.label) else _IDN)


@cache
def _of_words() -> frozenset[str]:
    """Techniques that leave the words whole: how wide a stretch differs says nothing of them."""
    every = spellings.every().values()
    return frozenset(("dictionary", *(one.TECHNIQUE for one in every if one.IS_LANGUAGE)))


@cache
def _costs() -> Mapping[str, int]:
    every = spellings.every().values()
    return COST | {one.TECHNIQUE: one.COST for one in every if one.COST is not None}


def _is_plain(label: str) -> bool:
    return label.isascii() and not label.startswith("xn--")


def _changed_width(text: str, label: str) -> int:
    """How wide the stretch of letters is that differs: one typo is narrow, two are wide."""
    written, original = to_unicode(text), to_unicode(label)
    start = _common_prefix(written, original)
    end = _common_prefix(written[start:][::-1], original[start:][::-1])
    return max(len(written), len(original)) - start - end


def _common_prefix(one: str, other: str) -> int:
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))
