"""From a brand to the terms that are sought: label, keywords, domain, and their twists."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import permutations

from hunter import names
from hunter.errors import NotAName
from hunter.matching.glyphs import PAIRS
from hunter.matching.views import SEPARATORS, fold, glue, plain_letters
from hunter.matching.words import two_words
from hunter.model import Brand

_MOST_TOKENS = 4
_SHORTEST_TOKEN = 4
_GLUED_ORDER = 12
"""Letters of a term written as one word from which its words are sought in the other order."""
LONGEST_TERM = names.MAX_LABEL
"""Letters of a label: what is longer stands in no name."""
GLYPH_TYPO_FROM = 8
"""Letters from which a term with two letters for one may have a typo besides: `en-rnarhce`."""

_ARTICLES = ("les", "la", "le", "the")
_WITHOUT_ARTICLE = 10
"""Letters that a term has without its article to be sought without it."""


class Twist(StrEnum):
    """How a term to look for was made from what the brand gave."""

    NONE = "as the brand writes it"
    DOMAIN = "the brand's domain written as one word"
    GLYPHS = "two letters for one that looks the same"
    ORDER = "the brand's words in another order"
    BETWEEN = "one of the brand's words, the others elsewhere in the name"


_TYPOS_FROM = {Twist.NONE: 0, Twist.GLYPHS: GLYPH_TYPO_FROM}


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for."""

    brand: Brand
    written: str
    """As the brand writes it."""
    plain: str
    """Glued."""
    sought: str
    """What stands in the folded, glued view."""
    suffix: str = ""
    """The public suffix of the brand's domain."""
    twist: Twist = Twist.NONE
    tokens: tuple[str, ...] = ()
    """For a term of several words: the words, folded, in the order in which they are sought."""

    @property
    def takes_typos(self) -> bool:
        """Whether names near it count; of the twisted ones only for long ones with glyphs."""
        least = _TYPOS_FROM.get(self.twist)
        return least is not None and len(self.sought) >= least


def terms_of(brand: Brand) -> tuple[Term, ...]:
    """The brand's terms and their twists; no two are found alike, and none is too long to be."""
    found: dict[tuple[str, bool], Term] = {}
    own = [*_own_terms(brand)]
    own += [short for term in own for short in _without_article(term)]
    twisted = (
        twist for term in own for twist in (*_orders(term), *_betweens(term), *_glyphs(term))
    )
    for term in (*own, _domain_term(brand), *twisted):
        if 1 < len(term.sought) <= LONGEST_TERM:
            found.setdefault((term.sought, term.twist is Twist.BETWEEN), term)
    return tuple(found.values())


def _own_terms(brand: Brand) -> Iterator[Term]:
    label, suffix = split_domain(brand.domain)
    for word in (label, *brand.keywords):
        written = names.to_unicode(word.lower())
        words = [_plain(token) for token in written.split("-") if token]
        plain = "".join(words)
        tokens = tuple(map(fold, words)) if len(words) > 1 else ()
        yield Term(brand, written, plain, fold(plain), suffix, tokens=tokens)


def _without_article(term: Term) -> Iterator[Term]:
    """`banquepostale` of `labanquepostale`: it is what people call it."""
    article = next((word for word in _ARTICLES if term.plain.startswith(word)), "")
    plain = term.plain.removeprefix(article)
    if not article or len(plain) < _WITHOUT_ARTICLE:
        return
    if term.tokens[:1] == (fold(article),):
        written, tokens = term.written.partition("-")[2], term.tokens[1:]
        yield replace(term, written=written, plain=plain, sought=fold(plain), tokens=tokens)
    elif not term.tokens and two_words(plain):
        yield replace(term, written=plain, plain=plain, sought=fold(plain))


def _plain(token: str) -> str:
    return "".join(plain_letters(char) for char in token if char not in SEPARATORS)


def _domain_term(brand: Brand) -> Term:
    label, suffix = split_domain(brand.domain)
    plain = glue(label + suffix)
    return Term(brand, brand.domain, plain, fold(plain), suffix, Twist.DOMAIN)


def _orders(term: Term) -> Iterator[Term]:
    """The words of a term in other orders, also of one written as one that is two long ones."""
    words = term.tokens
    if not words and len(term.plain) >= _GLUED_ORDER:
        words = tuple(map(fold, two_words(term.plain)))
    if 1 < len(words) <= _MOST_TOKENS:
        for order in permutations(words):
            yield replace(term, sought="".join(order), twist=Twist.ORDER, tokens=order)


def _betweens(term: Term) -> Iterator[Term]:
    longest = max(term.tokens, key=len, default="")
    if len(longest) >= _SHORTEST_TOKEN and len(term.tokens) <= _MOST_TOKENS:
        yield replace(term, sought=longest, twist=Twist.BETWEEN)


def _glyphs(term: Term) -> Iterator[Term]:
    """One letter at a time, and each letter everywhere."""
    for letter, pairs in PAIRS.items():
        spots = [at for at, char in enumerate(term.plain) if char == letter]
        for pair in pairs:
            spellings = [term.plain[:at] + pair + term.plain[at + 1 :] for at in spots]
            for spelling in (*spellings, term.plain.replace(letter, pair)):
                yield replace(term, sought=fold(spelling), twist=Twist.GLYPHS, tokens=())


def split_domain(domain: str) -> tuple[str, str]:
    """The label people know a domain by, and its public suffix: `en-marche`, `fr`."""
    try:
        text = names.to_ascii(domain)
    except NotAName:
        return domain, ""
    at = names.suffix_at(text)
    label, _, rest = (text[:at].rstrip(".") or text).rpartition(".")[2].partition(".")
    return (label, text[at:]) if at else (text.partition(".")[0], rest or text.partition(".")[2])
