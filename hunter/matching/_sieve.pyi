import numpy as np
import numpy.typing as npt

class Filed:
    def __init__(self, first: npt.NDArray[np.int32], rows: npt.NDArray[np.void]) -> None: ...

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
        literals: npt.NDArray[np.uint8],
    ) -> None: ...
    @property
    def knows_shapes(self) -> bool: ...
    def learn_shapes(
        self, first: npt.NDArray[np.int32], letters: npt.NDArray[np.uint8]
    ) -> None: ...
    def pick(
        self,
        block: bytes,
        is_ascii: bool,
        numbers: npt.NDArray[np.int64],
        kept: npt.NDArray[np.uint8],
    ) -> tuple[int, int, int]: ...
