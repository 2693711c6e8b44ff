"""The brand in Cyrillic letters, by its letters and by how French says it: `макрон`, `анмарш`.

Letters that only look alike are another thing, and read so in every view. The sounds are those of
the practical transcription from French into Russian; a silent `e` at the end is left out.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import product

TECHNIQUE = "transliteration"
DISGUISED = {"en": "in Cyrillic letters", "fr": "en lettres cyrilliques"}
REASON = "`{seen}` is {written} in Cyrillic letters"
VIEW = "raw"
SOUGHT = True
TYPOS_FROM = None
IS_LANGUAGE = False
COST = 12
_SHORTEST = 6
"""Letters of what is sought: `марш` is a march."""
_MOST_WORDS = 4
_LETTERS = (
    ("shch", "щ"), ("ch", "ч"), ("sh", "ш"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ph", "ф"),
    ("th", "т"), ("ck", "к"), ("ya", "я"), ("yu", "ю"), ("yo", "ё"), ("x", "кс"),
    *zip("abcdefghijklmnopqrstuvwyz", "абкдефгхийклмнопкрстуввиз", strict=True),
)  # fmt: skip
_SOUNDS = (
    ("e?au", "о"), ("ou", "у"), ("oi", "уа"), ("[ae]i", "е"), ("eu", "ё"), ("(?<=[a-z])es?$", ""),
    ("[ea](?=n(?![aeiouyhn]))", "а"), ("[ea](?=m[bp])", "а"), ("^e", "э"), ("ch", "ш"),
    ("gn", "нь"), ("c(?=[eiy])", "с"), ("g(?=[eiy])", "ж"), ("gu(?=[eiy])", "г"), ("qu", "к"),
    ("j", "ж"), ("h", ""), ("u", "ю"), ("(?<=[aeiouy])s(?=[aeiouy])", "з"), ("l$", "ль"),
    *_LETTERS,
)  # fmt: skip
"""What is written, and what stands for it: the first that fits at each place."""


def spellings(plain: str, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Each word by its letters or by its sound; more than four words as one."""
    parts = words if 0 < len(words) <= _MOST_WORDS else (plain,)
    for found in product(*map(_readings, parts)):
        if len("".join(found)) >= _SHORTEST:
            yield found


def _readings(word: str) -> Iterable[str]:
    return dict.fromkeys((_BY_LETTERS(word), _BY_SOUND(word)))


def _reader(table: Sequence[tuple[str, str]]) -> Callable[[str], str]:
    letters, others = zip(*table, strict=True)
    every = re.compile("|".join(f"({one})" for one in letters))
    return partial(every.sub, lambda found: others[(found.lastindex or 1) - 1])


_BY_LETTERS, _BY_SOUND = _reader(_LETTERS), _reader(_SOUNDS)
