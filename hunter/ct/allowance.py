"""How often one host may be asked: evenly spaced turns, fewer after a refusal, slowly more again.

Additive increase and multiplicative decrease; times are seconds of any clock that only goes on.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

_LEAST = 0.02
_STEPS_BACK = 20


class Allowance:
    """Turns for one host. `most` is the requests a second that are never exceeded."""

    def __init__(self, most: float) -> None:
        self.most = most
        self.rate = most
        self.needs: dict[str, float] = {}
        """URL → the requests a second that the log read there needs to keep up, where known."""
        self._next = 0.0

    def ahead(self, now: float) -> float:
        """How many seconds from `now` the next turn is; it is not taken."""
        return max(0.0, self._next - now)

    def turn(self, now: float) -> float:
        """Take the next turn; returns how many seconds from `now` it is."""
        at = max(now, self._next)
        self._next = at + 1 / self.rate
        return at - now

    def refused(self, now: float, pause: float | None = None) -> None:
        """The host wants to be asked less: halve the rate, and be silent for `pause` seconds."""
        self.rate = max(min(_LEAST, self.most), self.rate / 2)
        self._next = max(self._next, now + (1 / self.rate if pause is None else pause))

    def answered(self) -> None:
        """The host did not mind: come back towards the full rate, in twenty steps."""
        self.rate = min(self.most, self.rate + self.most / _STEPS_BACK)


class Allowances:
    """One allowance a host; `rates` are by the beginning of an operator's name."""

    def __init__(self, rates: Mapping[str, float], otherwise: float) -> None:
        self._rates = rates
        self._otherwise = otherwise
        self._hosts: dict[str, Allowance] = {}

    def of(self, operator: str, url: str) -> Allowance:
        """The allowance of the host in `url`, shared by all logs there."""
        host = urlsplit(url).netloc
        if host not in self._hosts:
            self._hosts[host] = Allowance(self.most(operator))
        return self._hosts[host]

    def most(self, operator: str) -> float:
        """The requests a second that one host of the operator may be asked."""
        named = [rate for name, rate in self._rates.items() if operator.startswith(name)]
        return min(named, default=self._otherwise)
