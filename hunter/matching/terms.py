"""From a brand to the terms that are sought: its label, its keywords, and its domain written as one."""

from dataclasses import dataclass

from hunter import names
from hunter.errors import NotAName
from hunter.matching.views import fold, glue
from hunter.model import Brand


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for. `sought` is what stands in the folded, glued view."""

    written: str
    plain: str
    sought: str
    brand: Brand
    is_domain: bool = False
    """The domain as one word, `enmarchefr`; found exactly or not at all."""


def terms_of(brand: Brand) -> tuple[Term, ...]:
    """The brand's terms, longest first, each once."""
    label, suffix = split_domain(brand.domain)
    written = [label, *(names.to_unicode(word.lower()) for word in brand.keywords)]
    found: dict[str, Term] = {}
    for word in written:
        plain = glue(word)
        if len(plain) > 1:
            found.setdefault(plain, Term(word, plain, fold(plain), brand))
    whole = glue(label + suffix)
    found.setdefault(whole, Term(brand.domain, whole, fold(whole), brand, is_domain=True))
    return tuple(sorted(found.values(), key=lambda term: (-len(term.plain), term.plain)))


def split_domain(domain: str) -> tuple[str, str]:
    """The label people know and the public suffix: `en-marche`, `fr`."""
    try:
        name = names.parse(domain)
    except NotAName:
        return domain, ""
    if name.registrable == name.suffix:
        label, _, suffix = name.suffix.partition(".")
        return label, suffix
    return name.registrable.removesuffix("." + name.suffix), name.suffix
