"""Match lists of any size over all cores, in constant memory.

One process reads and cuts into blocks, the others match one block each. The matches come in the
order of the names, whatever the number of processes.
"""

import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from hunter.errors import WillPass
from hunter.feeds import FeedShape, Reading, read
from hunter.matching import Matcher, compile_matcher
from hunter.model import Brand, Match

_STDIN = Path("-")
_AHEAD = 2
"""Blocks that wait per process: enough to keep it busy, few enough to forget."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is. The last one told has the totals."""

    files: int = 0
    """Files that were read to their end, or to their trouble."""
    taken: int = 0
    """Bytes as they are on disk, before any decompression."""
    lines: int = 0
    names: int = 0
    broken: int = 0
    """Lines that are neither a name nor a comment."""
    troubles: tuple[tuple[str, str], ...] = ()
    """File and why it could not be read to its end; what came before was matched."""


def _ignore(_progress: Progress) -> None:
    """Nobody looks."""


def match_files(
    paths: Sequence[Path | BinaryIO],
    brands: Sequence[Brand],
    *,
    jobs: int = 1,
    least: float = 0.0,
    on_progress: Callable[[Progress], None] = _ignore,
) -> Iterator[Match]:
    """Every match in the lists at `paths` (`-` is the standard input), in the order of the names.

    Those less sure than `least` are left out. `on_progress` is called after each block and at the
    end. Raises WillPass when a process dies.
    """
    matcher = compile_matcher(brands)
    blocks = _blocks(paths, on_progress)
    first = [*_next(blocks), *_next(blocks)]
    every = chain(first, blocks)
    if jobs > 1 and len(first) > 1:
        yield from _on_many(every, brands, jobs, least)
    else:
        for block in every:
            yield from _matches(matcher, block, least)


def _next(blocks: Iterator[bytes]) -> Iterator[bytes]:
    block = next(blocks, None)
    if block is not None:
        yield block


def _blocks(
    paths: Sequence[Path | BinaryIO], on_progress: Callable[[Progress], None]
) -> Iterator[bytes]:
    done = Progress()
    for path in paths:
        reading = read(sys.stdin.buffer if path == _STDIN else path)
        for chunk in reading:
            on_progress(_plus(done, reading))
            yield chunk.names
        done = replace(_plus(done, reading), files=done.files + 1)
        if reading.shape.trouble:
            trouble = (_shown(path), reading.shape.trouble)
            done = replace(done, troubles=(*done.troubles, trouble))
    on_progress(done)


def _plus(done: Progress, reading: Reading) -> Progress:
    shape: FeedShape = reading.shape
    return replace(
        done,
        taken=done.taken + reading.taken,
        lines=done.lines + shape.lines,
        names=done.names + shape.names,
        broken=done.broken + shape.broken,
    )


def _shown(path: Path | BinaryIO) -> str:
    return str(path) if isinstance(path, Path) else "-"


def _matches(matcher: Matcher, block: bytes, least: float) -> list[Match]:
    return [hit.match for hit in matcher.scan(block, least=least)]


def _on_many(
    blocks: Iterator[bytes], brands: Sequence[Brand], jobs: int, least: float
) -> Iterator[Match]:
    pool = ProcessPoolExecutor(
        jobs, get_context("spawn"), initializer=_prepare, initargs=(tuple(brands),)
    )
    waiting: deque[Future[list[Match]]] = deque()
    try:
        for block in blocks:
            waiting.append(pool.submit(_match_one, block, least))
            if len(waiting) > _AHEAD * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise WillPass("a matching process was ended, perhaps for want of memory") from error
    finally:
        pool.shutdown(cancel_futures=True)


_matcher: Matcher | None = None


def _prepare(brands: tuple[Brand, ...]) -> None:
    """Once in each process: the parent alone hears an interruption, and ends the others."""
    global _matcher  # noqa: PLW0603 - a worker process has no other place to keep it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _matcher = compile_matcher(brands)


def _match_one(block: bytes, least: float) -> list[Match]:
    assert _matcher is not None
    return _matches(_matcher, block, least)
