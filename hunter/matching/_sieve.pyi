from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from hunter.matching.places import Find
from hunter.matching.sieve import Told
from hunter.matching.tables import Made
from hunter.matching.terms import Term
from hunter.matching.views import Reading

MADE_OF: str

class Filed:
    def __init__(self, first: npt.NDArray[np.int32], rows: npt.NDArray[np.void]) -> None: ...

class Texts:
    def __init__(
        self,
        letters: npt.NDArray[np.uint8],
        firsts: npt.NDArray[np.int32],
        slots: npt.NDArray[np.int32],
        seen: npt.NDArray[np.uint8],
    ) -> None: ...
    def __contains__(self, text: object, /) -> bool: ...

class Suffixes:
    def __init__(self, *, rules: Texts, above: Texts, wild: Texts, exceptions: Texts) -> None: ...

class Ordinary:
    def __init__(self, *, common: Texts) -> None: ...

class Shapes:
    @property
    def knows(self) -> bool: ...
    def learn(self, first: npt.NDArray[np.int32], letters: npt.NDArray[np.uint8]) -> None: ...

class Affixes:
    def __init__(
        self,
        *,
        lures: Texts,
        hosts: Texts,
        in_front: Texts,
        of_addresses: Texts,
        common: Texts,
        known: Texts,
    ) -> None: ...

class Finder:
    def __init__(
        self,
        *,
        terms: npt.NDArray[np.void],
        letters: npt.NDArray[np.uint8],
        places: npt.NDArray[np.uint64],
        backwards: npt.NDArray[np.uint64],
        ordinary: Ordinary,
        affixes: Affixes,
        disguised: Texts,
        suffixes: Suffixes,
    ) -> None: ...

class Reader:
    def __init__(
        self,
        *,
        suffixes: Suffixes,
        folds: npt.NDArray[np.uint8],
        made_as: Callable[[tuple[object, ...]], Reading],
    ) -> None: ...
    def read(self, text: str) -> Reading | None: ...

class Frequencies:
    def __init__(self, *, words: Texts, zipfs: npt.NDArray[np.float64]) -> None: ...
    def within(self, token: str, first: int, last: int) -> float: ...
    def across(self, token: str, first: int, last: int) -> float: ...

class Scenes:
    def __init__(self, *, finder: Finder, replacements: npt.NDArray[np.uint8]) -> None: ...

class Letters:
    def __init__(
        self, *, symbols: npt.NDArray[np.uint8], steps: npt.NDArray[np.uint8], unit: float
    ) -> None: ...

class Spelling:
    def __init__(
        self, *, letters: Letters, words: Texts, nats: npt.NDArray[np.float64], unknown: float
    ) -> None: ...

class Weigher:
    def __init__(
        self,
        *,
        scenes: Scenes,
        spelling: Spelling,
        endings: Texts,
        ending: npt.NDArray[np.void],
        weights: npt.NDArray[np.void],
        worth: npt.NDArray[np.void],
        worth_of_scene: Callable[[int], float],
        known: npt.NDArray[np.uint64],
        points: npt.NDArray[np.float64],
    ) -> None: ...

def told(
    numbers: npt.NDArray[np.int64],
    how: npt.NDArray[np.uint8],
    kept: npt.NDArray[np.uint8],
    found: npt.NDArray[np.void],
    terms: tuple[Term, ...],
    made_as: Callable[[tuple[Any, ...]], Find],
) -> Iterator[Told]: ...
def make_frozen(kind: type[Made], fields: tuple[str, ...], values: tuple[Any, ...]) -> Made: ...

class Sieve:
    def __init__(
        self,
        *,
        codes: npt.NDArray[np.uint8],
        begins: npt.NDArray[np.uint8],
        grams: npt.NDArray[np.uint8],
        anywhere: Filed,
        starts: npt.NDArray[np.uint8],
        at_starts: Filed,
        ends: npt.NDArray[np.uint8],
        at_ends: Filed,
        first_pair: npt.NDArray[np.int32],
        pair_terms: npt.NDArray[np.int64],
        sizes: npt.NDArray[np.int64],
        forwards8: npt.NDArray[np.uint64],
        backwards8: npt.NDArray[np.uint64],
        known_literals: npt.NDArray[np.uint8],
        first_literal: npt.NDArray[np.int32],
        literals: npt.NDArray[np.void],
        consonants: npt.NDArray[np.uint8],
        powers: npt.NDArray[np.uint64],
        known_consonants: npt.NDArray[np.uint8],
        first_consonant: npt.NDArray[np.int32],
        consonant_terms: npt.NDArray[np.int64],
        finder: Finder,
        weigher: Weigher,
    ) -> None: ...
    @property
    def shapes(self) -> Shapes: ...
    def pick(
        self,
        block: bytes,
        is_ascii: bool,
        numbers: npt.NDArray[np.int64],
        how: npt.NDArray[np.uint8],
        kept: npt.NDArray[np.uint8],
        found: npt.NDArray[np.void],
        least: float,
    ) -> tuple[int, int, int, int]: ...
