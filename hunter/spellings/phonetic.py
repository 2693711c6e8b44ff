"""Every sound that has two spellings, in the blunter one, at once: `kredit-agrikole`.

And what takes more edits than reach it: `ph` for `f`, and an `x` at the end written out.
"""

import re
from collections.abc import Iterator, Mapping

TECHNIQUE = "soundalike"
DISGUISED: Mapping[str, str] = {}
REASON = "`{seen}` is {written} as it sounds"
VIEW = "raw"
SOUGHT = True
TYPOS_FROM = 10
IS_LANGUAGE = False
COST = 8
_BLUNT = (
    (re.compile(r"c?qu(?=[aeiouy])|cc?k|cc?(?![ehiyc])"), "k"),
    (re.compile(r"ph"), "f"),
)
_TWO_FOR_ONE = ((re.compile(r"ph"), "f"), (re.compile(r"ff?"), "ph"))
"""Two letters for one are two edits, which a short name is not searched with: `sanophi`."""
_SHORT = range(6, TYPOS_FROM)
_FEWEST = 2
"""Exchanges; one alone is an edit, which is found anyway."""
_WRITTEN_OUT = "cks"
_SHORTEST = 8
"""Letters of what is sought: `ikrk` and `kubik` say other things too."""


def spellings(plain: str, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All of them at once, where there are several; each `f`; and the `x`."""
    parts = words or (plain,)
    spelt = [_blunt(word) for word in parts]
    text = tuple(word for word, _ in spelt)
    if sum(count for _, count in spelt) >= _FEWEST and len("".join(text)) >= _SHORTEST:
        yield text
    for letters, others in _TWO_FOR_ONE:
        other = tuple(letters.sub(others, word) for word in parts)
        if other != parts and len("".join(other)) in _SHORT:
            yield other
    if plain.endswith("x") and len(plain) - 1 + len(_WRITTEN_OUT) >= _SHORTEST:
        yield (*parts[:-1], parts[-1].removesuffix("x") + _WRITTEN_OUT)


def _blunt(word: str) -> tuple[str, int]:
    total = 0
    for letters, blunt in _BLUNT:
        word, count = letters.subn(blunt, word)
        total += count
    return word, total
