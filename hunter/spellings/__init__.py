"""Other ways to write what a brand is called: each module here is one, known by its file's name.

What it yields is sought in every label of every name, and proposed for look-ups in DNS.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Protocol, cast

from hunter import ribs


class Spelling(Protocol):
    """What each module offers."""

    TECHNIQUE: str
    """What a find of it is called; no sibling's."""
    DISGUISED: Mapping[str, str]
    """Language → how the brand is written then, to end a sentence: "with its words swapped".

    Only of a technique for which `hunter.wording` has no words.
    """
    REASON: str
    """One sentence with `{seen}` and `{written}`; empty where the letters that differ say it."""
    VIEW: str
    """The first view of a name in which it shows: raw, glue or fold."""
    SOUGHT: bool
    """Whether it is looked for as it is; not where what is near the term is found anyway."""
    TYPOS_FROM: int | None
    """Letters from which what it yields is sought with typos too; None for never."""
    IS_LANGUAGE: bool
    """Whether ordinary words come of it, so that a phrase of them tells little: `marche en`."""
    COST: int | None
    """How little plausible it is that a squatter registers it, beside `hunter.permutations.COST`;
    None where it is proposed there by another name.

    Where no ordinary words come of it, the width of what it changes is added: `hunter permutations
    DOMAIN --limit 100000` shows how far down it stands, and `[sources.permutations]` where it ends.
    """

    def spellings(self, plain: str, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The words of each other way to write a term of these plain letters; a few, not hundreds.

        `words` are those of which the term is made; none where it is one. What is one word is
        yielded as that one; what is also the term itself, or an ordinary word, is left out after.
        """
        ...


@cache
def every() -> Mapping[str, Spelling]:
    """All of them by name, in the order of their names; raises TypeError where one is half made."""
    return {name: _whole(name) for name in ribs.names("spellings")}


def _whole(name: str) -> Spelling:
    found = ribs.load("spellings", name)
    lacking = [one for one in (*Spelling.__annotations__, "spellings") if not hasattr(found, one)]
    if lacking:
        where = f"hunter/spellings/{name}.py lacks {', '.join(lacking)}"
        raise TypeError(f"{where}: see the Protocol in hunter/spellings/__init__.py")
    return cast("Spelling", found)


def is_language(name: str) -> bool:
    """Whether ordinary words come of the spelling so named, if it is one."""
    return name in every() and every()[name].IS_LANGUAGE
