"""The journal: a line for each event, under names that stay, without secrets, and never a flood.

`docs/journal.md` lists the events. Lines are JSON, with the priority that systemd reads before them
(sd-daemon(3)) when they go to its journal; on a terminal they are coloured for people.
"""

import json
import logging
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import structlog

from hunter.net.secret import known_secrets
from hunter.net.text import clean

Event: TypeAlias = MutableMapping[str, Any]

_WINDOW = 60.0
_A_WINDOW = 200
_WITH_TRACEBACK = 20
_SHORTEST = 6
_HIDDEN = "[secret]"
_PRIORITIES = {"critical": 2, "error": 3, "warning": 4, "info": 6}


def set_up() -> None:
    """Log to standard error, from here on and whatever libraries say."""
    person = sys.stderr.isatty()
    dress = [_without_secrets(structlog.dev.ConsoleRenderer())]
    plain = [structlog.processors.format_exc_info, _without_secrets(_as_json)]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            Sluice(time.monotonic),
            *(dress if person else plain),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: _Pen(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_Relay()], force=True)
    # That a round is left out while the one before it goes on is meant, and no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


class _Pen(structlog.PrintLogger):
    """Writes lines; one that nothing takes, as a full disk or a pipe whose end is gone, is lost."""

    def msg(self, message: str) -> None:
        """Write one line: no fault of the journal's ends a hunt."""
        with suppress(OSError):
            super().msg(message)

    debug = info = warning = error = critical = exception = msg


@dataclass(slots=True)
class _Window:
    ends: float
    lines: int = 0
    left_out: int = 0


class Sluice:
    """Lets so many lines of one event through in a minute; the next after that counts the rest."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` tells seconds."""
        self._clock = clock
        self._windows: dict[str, _Window] = {}

    def __call__(self, _logger: object, _method: str, event: Event) -> Event:
        """The event, or structlog's DropEvent."""
        now, name = self._clock(), str(event.get("event"))
        window = self._windows.get(name)
        if window is None or now >= window.ends:
            if window and window.left_out:
                event["left_out"] = window.left_out
            window = self._windows[name] = _Window(now + _WINDOW)
        window.lines += 1
        if window.lines > (_WITH_TRACEBACK if event.get("exc_info") else _A_WINDOW):
            window.left_out += 1
            raise structlog.DropEvent
        return event


def _as_json(_logger: object, _method: str, event: Event) -> str:
    line = json.dumps(event, default=repr)
    priority = _PRIORITIES.get(str(event.get("level")), _PRIORITIES["info"])
    return f"<{priority}>{line}" if "JOURNAL_STREAM" in os.environ else line


def _without_secrets(render: Callable[[Any, str, Event], Any]) -> Callable[..., str]:
    def rendered(logger: object, method: str, event: Event) -> str:
        return hide_secrets(str(render(logger, method, event)))

    return rendered


def hide_secrets(line: str) -> str:
    """The line without any secret that was read from a file."""
    secrets = known_secrets()
    return _any_of(secrets).sub(_HIDDEN, line) if secrets else line


@lru_cache(maxsize=1)
def _any_of(secrets: tuple[str, ...]) -> re.Pattern[str]:
    """Every form of them, the longest first: of one that begins as another does nothing may stay.

    Made once, for it is asked for each line, while they hardly ever change.
    """
    forms = {written for secret in secrets for written in _forms(secret)}
    return re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or r"(?!)")


def _forms(secret: str) -> Iterator[str]:
    """A secret as it may stand in a line; of a URL also what comes after the host."""
    _, _, after = secret.partition("://")
    _, slash, path = after.partition("/")
    for part in (secret, slash + path):
        if len(part) >= _SHORTEST:
            yield part
            yield json.dumps(part)[1:-1]


class _Relay(logging.Handler):
    """What libraries log, as one event."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger()
        log_as = log.error if record.levelno >= logging.ERROR else log.warning
        log_as("library", logger=record.name, message=clean(record.getMessage()))
