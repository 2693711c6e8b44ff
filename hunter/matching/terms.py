"""From a brand to the terms that are sought: label, keywords, domain, and their twists."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from unicodedata import normalize

from hunter import names, spellings
from hunter.errors import NotAName
from hunter.matching.segmentation import SELDOM_NAMED, spelling
from hunter.matching.views import fold, glue, is_foreign, plain_letters, separates
from hunter.matching.words import frequencies, two_words, words_in
from hunter.model import Brand

_MOST_TOKENS = 4
_SHORTEST_TOKEN = 4
_NUMBERED = re.compile("([a-z]{6,})([0-9]+)|([0-9]+)([a-z]{6,})")
_TWO_WORDS = 8
"""Letters of a term written as one word from which it may be two."""
LONGEST_TERM = names.MAX_LABEL
"""Letters of a label: what is longer stands in no name."""
AS_WRITTEN = ""
DOMAIN = "domain"
"""The brand's domain written as one word."""
BETWEEN = "between"
"""One of the brand's words, the others elsewhere in the name."""
_SOUGHT = tuple(name for name, spelling in spellings.every().items() if spelling.SOUGHT)
TWISTS = (AS_WRITTEN, DOMAIN, BETWEEN, *_SOUGHT)
"""How a term to look for was made of what the brand gave. The loops know the first by number."""

LONG_TERM = 6
"""Letters from which a term is judged strictly. A shorter brand is hidden among more names, and who
protects one expects more to look through."""
ARTICLES = ("les", "la", "le", "the")
_WITHOUT_ARTICLE = 10
"""Letters that a term has without its article to be sought without it."""


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
    twist: str = AS_WRITTEN
    """One of `TWISTS`."""
    tokens: tuple[str, ...] = ()
    """For a term of several words: the words, folded, in the order in which they are sought."""
    letters: str = ""
    """What is sought in letters of another alphabet, glued, where it is spelt in those."""

    @property
    def words(self) -> tuple[str, ...]:
        """The brand's own words in plain letters; none for a term of one, or a twisted one."""
        if self.twist not in (AS_WRITTEN, BETWEEN):
            return ()
        ends = accumulate(map(len, self.tokens), initial=0)
        return tuple(self.plain[start:end] for start, end in pairwise(ends))

    @property
    def is_own_label(self) -> bool:
        """Whether it is the label of the brand's own domain, and no keyword."""
        return _is_label_of(self.written, self.brand.domain)

    @property
    def takes_typos(self) -> bool:
        """Whether names near it count; of the twisted ones only where the spelling says so."""
        if not self.twist:
            return True
        spelling = spellings.every().get(self.twist)
        least = spelling.TYPOS_FROM if spelling else None
        return least is not None and len(self.sought) >= least


@lru_cache(maxsize=65536)
def _is_label_of(written: str, domain: str) -> bool:
    return names.to_unicode(domain).startswith(f"{written}.")


def terms_of(brand: Brand) -> tuple[Term, ...]:
    """The brand's terms and their twists; no two are found alike, and none is too long to be."""
    found: dict[tuple[str, bool, str], Term] = {}
    own = [*_own_terms(brand)]
    own += [short for term in own for short in _without_article(term)]
    twisted = (twist for term in own for twist in (*_betweens(term), *_spelt(term)))
    for term in (*own, _domain_term(brand), *twisted):
        if 1 < len(term.sought) <= LONGEST_TERM:
            found.setdefault((term.sought, term.twist == BETWEEN, term.letters), term)
    return tuple(found.values())


def is_rare_name(term: str) -> bool:
    """Whether hardly any name holds a term by chance: `macron`."""
    return len(term) >= LONG_TERM and spelling(term) >= SELDOM_NAMED


@lru_cache(maxsize=4096)
def keywords_of(brand: Brand) -> frozenset[str]:
    """The brand's keywords in plain letters, each as one word, and the rare names in them.

    Whoever protects `emmanuel-macron` means `macron`, too.
    """
    parts = (_as_one_word(part) for word in brand.keywords for part in word.split("-"))
    return frozenset((*map(_as_one_word, brand.keywords), *filter(is_rare_name, parts)))


@lru_cache(maxsize=4096)
def names_of(brand: Brand) -> frozenset[str]:
    """Its own label as one word in plain letters, and what `keywords_of` tells."""
    return keywords_of(brand) | {_as_one_word(split_domain(brand.domain)[0])}


@lru_cache(maxsize=4096)
def writings_of(brand: Brand) -> frozenset[str]:
    """Its own label and its keywords as it writes them, accents and all: `citroën`."""
    label = names.to_unicode(brand.domain).partition(".")[0]
    return frozenset(normalize("NFC", own.lower()) for own in (label, *brand.keywords))


def _as_one_word(word: str) -> str:
    return _plain(names.to_unicode(word.lower()))


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
    article = next((word for word in ARTICLES if term.plain.startswith(word)), "")
    plain = term.plain.removeprefix(article)
    if not article or len(plain) < _WITHOUT_ARTICLE:
        return
    if term.tokens[:1] == (fold(article),):
        written, tokens = term.written.partition("-")[2], term.tokens[1:]
        yield replace(term, written=written, plain=plain, sought=fold(plain), tokens=tokens)
    elif not term.tokens and two_words(plain):
        yield replace(term, written=plain, plain=plain, sought=fold(plain))


def _plain(token: str) -> str:
    return "".join(plain_letters(char) for char in token if not separates(char))


def _domain_term(brand: Brand) -> Term:
    """Of a brand that is a host, `post.japanpost.jp`, it is the domain that is sought."""
    label, suffix = split_domain(brand.domain)
    plain = glue(label + suffix)
    is_host = bool(suffix) and brand.domain.count(".") > suffix.count(".") + 1
    written = f"{names.to_unicode(label)}.{suffix}" if is_host else brand.domain
    return Term(brand, written, plain, fold(plain), suffix, DOMAIN)


def _betweens(term: Term) -> Iterator[Term]:
    longest = max(term.tokens, key=len, default="")
    if len(longest) >= _SHORTEST_TOKEN and len(term.tokens) <= _MOST_TOKENS:
        yield replace(term, sought=longest, twist=BETWEEN)


def _spelt(term: Term) -> Iterator[Term]:
    """What is in another alphabet already is put into none: its plain letters are but its looks."""
    is_ours = not any(map(is_foreign, term.written))
    for name, words in spelt(_SOUGHT, term.plain, term.tokens):
        folded = tuple(fold(_plain(word)) for word in words)
        tokens = folded if len(folded) > 1 else ()
        text = "".join(words)
        letters = "" if text.isascii() else text
        if is_ours or not letters:
            yield replace(term, sought="".join(folded), twist=name, tokens=tokens, letters=letters)


def spelt(
    names_of_spellings: Iterable[str], plain: str, words: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each other way to write these letters, as words, by the name of the spelling.

    Those of a text in one word are known where it is two long ones, or these with a small one or a
    number.
    """
    if not words and len(plain) >= _TWO_WORDS:
        numbered = _NUMBERED.fullmatch(plain)
        words = tuple(filter(None, numbered.groups())) if numbered else words_in(plain)
    for name in names_of_spellings:
        for found in spellings.every()[name].spellings(plain, words):
            text = "".join(found)
            if text != plain and (len(found) > 1 or text not in frequencies()):
                yield name, found


def split_domain(domain: str) -> tuple[str, str]:
    """The label people know a domain by, and its public suffix: `en-marche`, `fr`."""
    try:
        text = names.to_ascii(domain)
    except NotAName:
        return domain, ""
    at = names.suffix_at(text)
    label, _, rest = (text[:at].rstrip(".") or text).rpartition(".")[2].partition(".")
    return (label, text[at:]) if at else (text.partition(".")[0], rest or text.partition(".")[2])
