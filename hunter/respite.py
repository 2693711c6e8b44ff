"""Leave others alone while nothing that they say can be kept: longer after each try in vain."""

from datetime import datetime, timedelta

from hunter.errors import WillPass

_FIRST = timedelta(minutes=1)
_LONGEST = timedelta(minutes=15)


class Respite:
    """A pause that begins when the store is in trouble, and the trouble that it is for."""

    def __init__(self) -> None:
        self._trouble = ""
        self._until: datetime | None = None
        self._next = _FIRST

    def check(self, now: datetime) -> None:
        """Raise the trouble again while the pause lasts."""
        if self._until and now < self._until:
            raise WillPass(self._trouble)

    def begin(self, trouble: WillPass, now: datetime) -> None:
        """Begin a pause, unless one lasts: several that fail at once are one failure."""
        if self._until and now < self._until:
            return
        self._trouble, self._until = str(trouble), now + self._next
        self._next = min(self._next * 2, _LONGEST)

    def end(self) -> None:
        """Something was kept: the next pause is a short one again."""
        self._until, self._next = None, _FIRST
