"""How much may wait in memory for its proof, of all logs together.

Forty logs that catch up at once would each hold a window of certificates. With this they share one
measure: when it is used up, a window is proven as soon as it holds a page.
"""

from dataclasses import dataclass
from math import inf


@dataclass
class Budget:
    """In bytes. It is a measure and no gate: nobody waits for anybody else's log."""

    most: float = inf
    held: int = 0

    @property
    def is_used_up(self) -> bool:
        """Whether no more should be taken than is needed to go on."""
        return self.held >= self.most
