"""The letters in which a text differs from a term, and how many edits these are."""

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA, Levenshtein, Opcode, Prefix

from hunter.matching.glyphs import passes_for
from hunter.matching.views import fold

_TWO_LETTERS = 2
_SWAP = "swap"


def differences(text: str, term: str) -> list[tuple[str, str]]:
    """The runs of letters of the term and what stands in the text for each.

    What passes for another letter is set against it: the `cl` of `nationbuiicler` against `d`. Of
    letters that are exchanged none is put in or left out.
    """
    if one := _one_letter(text, term) or _one_letter(term, text):
        return [one if len(text) > len(term) else (one[1], one[0])]
    in_place = [[*_exchanged(term, text)]] if len(term) == len(text) else []
    # One run cannot be told in fewer, and most are one.
    if in_place and len(in_place[0]) <= 1:
        return in_place[0]
    by_shape = _runs(text, term, Levenshtein.opcodes(fold(term), fold(text)))
    if len(by_shape) <= 1:
        return by_shape
    by_letter = _runs(text, term, Levenshtein.opcodes(term, text))
    runs = min(*in_place, by_shape, by_letter, key=len)
    fewest = OSA.distance(text, term)
    if sum(edits_of(*run) for run in runs) <= fewest:
        return runs
    return _one_by_one(text, term, fewest) or runs


def _one_by_one(text: str, term: str, most: int) -> list[tuple[str, str]] | None:
    """The edits, if so many are enough: of `discrode`, two letters that swapped and one put in."""
    alike = Prefix.similarity(text, term)
    text, term = text[alike:], term[alike:]
    if not (text or term) or not most:
        return None if text or term else []
    for old, new in ((2, 2), (1, 1), (0, 1), (1, 0)):
        first = term[:old], text[:new]
        if (len(first[0]), len(first[1])) != (old, new):
            continue
        if old == _TWO_LETTERS and not is_transposed(*first):
            continue
        rest = _one_by_one(text[new:], term[old:], most - 1)
        if rest is not None:
            return [first, *rest]
    return None


def _one_letter(longer: str, shorter: str) -> tuple[str, str] | None:
    """The letter that is all that the one has more than the other, as what stands for nothing."""
    if len(longer) != len(shorter) + 1:
        return None
    at = Prefix.similarity(longer, shorter)
    return ("", longer[at]) if longer[at + 1 :] == shorter[at:] else None


def _runs(text: str, term: str, steps: Iterable[Opcode]) -> list[tuple[str, str]]:
    runs: list[tuple[str, str]] = []
    together = False
    for tag, old, new in _with_swaps(text, term, steps):
        if tag == "equal":
            runs += _exchanged(old, new)
        else:
            before = runs.pop() if together else ("", "")
            runs.append((before[0] + old, before[1] + new))
        together = tag not in ("equal", _SWAP)
    return runs


def _with_swaps(text: str, term: str, steps: Iterable[Opcode]) -> Iterator[tuple[str, str, str]]:
    """Each step with what it takes from the term and what it puts there.

    A letter put in before another and left out behind it, or the reverse, is one that changed its
    place.
    """
    told = [
        (step.tag, term[step.src_start : step.src_end], text[step.dest_start : step.dest_end])
        for step in steps
    ]
    while told:
        if told[0][0] != "equal":
            _, olds, news = zip(*told[:3], strict=True)
            old, new = "".join(olds), "".join(news)
            if len(old) == _TWO_LETTERS and is_transposed(new, old):
                del told[:3]
                yield _SWAP, old, new
                continue
        yield told.pop(0)


def _exchanged(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The letters that differ, in texts of one length; two that changed places go together."""
    at = 0 if old != new else len(old)
    while at < len(old):
        size = 1
        if old[at] != new[at]:
            size = 2 if is_transposed(old[at : at + 2], new[at : at + 2]) else 1
            yield old[at : at + size], new[at : at + size]
        at += size


def is_transposed(text: str, term: str) -> bool:
    """Whether two neighbouring letters changed places, and nothing else."""
    if len(text) != len(term) or OSA.distance(text, term) != 1:
        return False
    return sorted(text) == sorted(term)


def edits_told(count: int) -> str:
    """So many, in words."""
    return "1 edit" if count == 1 else f"{count} edits"


def edits_of(old: str, new: str) -> int:
    """As a reader counts them: letters that pass for others, or changed places, are one."""
    one = passes_for(fold(new), fold(old)) or is_transposed(new, old)
    return 1 if one else max(len(old), len(new))


def edit_words(old: str, new: str) -> str:
    """One change: what stands there now, and for what."""
    if not new:
        return f"`{old}` left out"
    if not old:
        return f"`{new}` put in"
    return f"`{new}` for `{old}`"
