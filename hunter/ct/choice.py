"""Which logs are followed, why the others are not, and which log a URL means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hunter.ct.loglist import Kind, Log, irrelevance

CHOICE = "the choice of logs"
"""What reports call it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The operator's choice among the logs that matter."""

    operators: tuple[str, ...] = ()
    """How the names of their operators begin; all when empty."""
    static_only: bool = False

    def refusal(self, log: Log, now: datetime) -> str:
        """Why the log is not followed; empty when it is."""
        if found := irrelevance(log, now):
            return found
        return self.unwanted(log.operator, log.kind)

    def unwanted(self, operator: str, kind: Kind) -> str:
        """Why logs of an operator and a kind are not wanted; empty when they are."""
        if self.static_only and kind is not Kind.STATIC:
            return "static_only is set"
        if not operator.startswith(self.operators or ("",)):
            return "its operator is not chosen"
        return ""

    def of(self, logs: Iterable[Log], now: datetime) -> tuple[Log, ...]:
        """The logs to follow now."""
        return tuple(log for log in logs if not self.refusal(log, now))

    def verdict(self, logs: Sequence[Log], followed: Sequence[Log]) -> tuple[bool, str]:
        """Whether all that was chosen is there, in words.

        A name mistyped in the config would leave logs unread, and nobody would hear of it.
        """
        names = sorted({log.operator for log in logs})
        unknown = [
            chosen
            for chosen in self.operators
            if not any(operator.startswith(chosen) for operator in names)
        ]
        if unknown:
            return (
                False,
                f"no operator is called {', '.join(unknown)}; there are {', '.join(names)}",
            )
        return bool(followed), f"{len(followed)} of {len(logs)} listed logs are followed"


def named(logs: Iterable[Log], url: str) -> Log | None:
    """The log that is read, or written to, at `url`; scheme and final slash do not matter."""
    wanted = _place(url)
    return next((log for log in logs if wanted in (_place(log.url), log.origin)), None)


def _place(url: str) -> str:
    return url.partition("://")[2].removesuffix("/") if "://" in url else url.removesuffix("/")
