"""Thirty days in fast motion: the real daemon, a fake world, outages of each part, and kill -9.

    python benchmarks/soak.py [--days 30] [--seconds-a-day 30] [--kills 20]

Every day each source shows new lookalikes: a list of registrations among strangers, a CT log,
certstream, and now and then a likely name is registered; one of them takes mail a day later. Each
source, provider and channel fails in turn for a day, or until that is told. The kills come in the
first third, so that memory is that of one process over the last two thirds. What was in hand at a
kill may come twice: nobody can know whether it was accepted. Times are the daemon's hours; a step
of the pipeline comes every fortieth of a day. The exit status is 1 when something fell short.
"""

import argparse
import json
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

# Instead of this folder, whose dns.py would stand before the package of that name.
sys.path[0] = str(Path(__file__).parents[1])

from benchmarks.soak_post import Post
from benchmarks.soak_world import DAY, OUTAGES, World, world

STEPS_A_DAY = 40
PATIENCE = 240.0
LIMIT = 2.0
"""Hours: a server may be silent for one, and the next look comes within one."""
PAUSES = 10.0
"""Seconds that do not run faster with the clock: tries again, round trips, a dozen steps."""
GROWING = frozenset(("source ct_logs", "source certstream"))
"""Asked again after pauses that grow while the trouble lasts, in seconds that do not run fast: at
most five minutes in life, here up to twice the day that an outage lasts."""
FLAT = 0.05
SETTLING = 30.0
"""Seconds that a process may take until its memory is that of its work."""


class Process:
    """The daemon, started again and again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.kills = 0
        self.memory: list[tuple[float, int]] = []
        """Seconds since the beginning, resident bytes; of the process that runs now."""
        self.in_hand: list[str] = []
        """The notices, as text, whose delivery a kill cut off."""
        self._start()

    def _start(self) -> None:
        world = self.world
        script = str(Path(__file__).with_name("soak_daemon.py"))
        times = (world.epoch, DAY / world.seconds_a_day, world.seconds_a_day / STEPS_A_DAY)
        arguments = (world.begin.isoformat(), *times, world.folder / "config.toml")
        self.memory.clear()
        with (world.folder / "journal.log").open("ab") as journal:
            self.running = subprocess.Popen(
                [sys.executable, "-P", script, *map(str, arguments)],
                stdout=journal,
                stderr=journal,
            )

    def kill(self) -> None:
        """As a power cut would."""
        self.running.kill()
        self.running.wait()
        self.kills += 1
        self.in_hand += self._cut_off()
        self._start()

    def _cut_off(self) -> list[str]:
        where = f"file:{self.world.folder}/state/hunter.db?mode=ro"
        with closing(sqlite3.connect(where, uri=True)) as store:
            rows = store.execute("SELECT notice FROM outbox WHERE state = 'sending'").fetchall()
        return [notice for (notice,) in rows]

    def look(self) -> None:
        """Note its memory; raises RuntimeError when it died by itself."""
        if self.running.poll() is not None:
            raise RuntimeError(f"the daemon ended: {self.running.returncode}")
        pages = Path(f"/proc/{self.running.pid}/statm").read_text(encoding="utf-8").split()[1]
        self.memory.append((time.time() - self.world.epoch, int(pages) * 4096))

    def stop(self) -> int:
        """Its exit status."""
        self.running.send_signal(signal.SIGTERM)
        return self.running.wait(PATIENCE)


@dataclass
class Life:
    """One run of it all."""

    world: World
    process: Process
    post: Post

    def live(self, kills: int, outages: Sequence[str]) -> None:
        """All days, one after the other; then until nothing is on its way any more."""
        days = self.world.days
        killed_on = Counter(day % max(days // 3, 1) for day in range(kills))
        breaking = _calendar(days, outages)
        self._wait_until(lambda: self.world.servers.stream.clients)
        for day in range(days):
            self._mend()
            if day in breaking:
                self.world.turn(breaking[day], down=True)
            self.world.begin_day(day)
            self._pass_a_day(killed_on[day])
        self._wait_until(self._is_told)
        self._mend(at_last=True)
        self._wait_until(self._is_over)

    def _mend(self, *, at_last: bool = False) -> None:
        """What has failed for a day; on a busy machine, where a day is short, not untold."""
        for outage in tuple(self.world.down):
            if at_last or self.post.announced(outage)[0] is not None:
                self.world.turn(outage, down=False)

    def _wait_until(self, condition: Callable[[], object]) -> None:
        until = time.time() + self.world.patience
        while not condition() and time.time() < until:
            self._pass_a_moment()

    def _pass_a_day(self, kills: int) -> None:
        begins, length = time.time(), self.world.seconds_a_day
        moments = sorted(begins + self.world.chance.uniform(0, 0.6) * length for _ in range(kills))
        while time.time() < begins + length:
            if moments and time.time() >= moments[0]:
                moments.pop(0)
                self.process.kill()
            self._pass_a_moment()
        # The stream has no memory: who is still starting then never hears of this day's name.
        self._wait_until(lambda: self.world.servers.stream.clients)

    def _pass_a_moment(self) -> None:
        self.world.go_on()
        self.process.look()
        self.post.collect()
        time.sleep(0.1)

    def _is_told(self) -> bool:
        return all(self.post.announced(outage)[0] is not None for outage in self.world.down)

    def _is_over(self) -> bool:
        told = [None not in self.post.announced(outage) for outage in self.world.outages]
        return all(told) and not self.post.missing() and not self.post.untold_steps()


def _calendar(days: int, outages: Sequence[str]) -> dict[int, str]:
    """Day → what fails on it: in turn, and with good days between them where there is room."""
    begins = days // 3
    spacing = max((days - begins) // max(len(outages), 1), 1)
    return dict(zip(range(begins, days, spacing), outages, strict=False))


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and whether it is as it should be."""

    name: str
    value: object
    good: bool = True


def figures(life: Life, status: int) -> tuple[Figure, ...]:
    """What came of it."""
    post, lived = life.post, life.world
    journal = (lived.folder / "journal.log").read_text(encoding="utf-8", errors="replace")
    faults = [line for line in journal.splitlines() if _is_fault(line)]
    delays = post.delays() or [0.0]
    size = (lived.folder / "state" / "hunter.db").stat().st_size
    return (
        Figure("days", lived.days),
        Figure("kills", life.process.kills),
        Figure("planted", dict(Counter(one.source for one in lived.planted))),
        Figure("lost", [one.name for one in post.missing()], not post.missing()),
        Figure("hours until told, median and most", (median(delays), delays[-1])),
        Figure("took mail a day later", len(lived.mail_let_in)),
        Figure("of these untold", post.untold_steps(), not post.untold_steps()),
        Figure("letters", dict(Counter(letter.channel for letter in post.letters))),
        *_twice(life),
        Figure("unhandled", faults[:5], not faults),
        *_memory(life),
        Figure("database MB", round(size / 1e6, 1)),
        *_outages(post),
        Figure("exit status", status, status == 0),
    )


def _twice(life: Life) -> Iterator[Figure]:
    """Letters that came twice: those whose acceptance a kill left in doubt, and others."""
    doubted = [json.loads(notice)["domain"] for notice in life.process.in_hand]
    doubtful = [one for one in life.post.twice() if any(name in one.text for name in doubted)]
    others = [one.text[:80] for one in life.post.twice() if one not in doubtful]
    yield Figure("letters in hand at a kill", len(doubted))
    yield Figure("of these, that came again", len(doubtful), len(doubtful) <= len(doubted))
    yield Figure("other letters that came twice", others, not others)


def _outages(post: Post) -> Iterator[Figure]:
    longest = LIMIT + PAUSES * 24 / post.world.seconds_a_day
    for outage in post.world.outages:
        begun, over = post.announced(outage)
        told = begun is not None and over is not None
        last = longest + 48 * (outage in GROWING)
        late = begun is None or over is None or begun > longest or over > last
        yield Figure(f"{outage}: hours until told, end told", (begun, over), told)
        yield Figure(f"{outage}: within {longest:.0f} and {last:.0f} hours", not late, not late)


def _memory(life: Life) -> tuple[Figure, ...]:
    """Of the last process once it has settled: the median of each day beside that of all days."""
    by_day: dict[int, list[int]] = defaultdict(list)
    began = life.process.memory[0][0]
    for at, rss in life.process.memory:
        if at - began >= SETTLING:
            by_day[int((at - began) / life.world.seconds_a_day)].append(rss)
    days = [median(found) for found in by_day.values()]
    if not days:
        return ()
    middle = median(days)
    over = [round(one / middle, 3) for one in days]
    flat = all(abs(one - 1) <= FLAT for one in over)
    return (
        Figure("memory MB, median", round(middle / 1e6, 1)),
        Figure(f"least and most of {len(days)} days over it", (min(over), max(over)), flat),
        Figure("day by day", over),
    )


def _is_fault(line: str) -> bool:
    return "Traceback" in line or '"event": "fault"' in line or '"event": "job failed"' in line


def soak(
    folder: Path,
    *,
    days: int,
    seconds_a_day: float,
    kills: int,
    outages: Sequence[str] = tuple(OUTAGES),
) -> tuple[Figure, ...]:
    """Live through it all; the figures."""
    with world(folder, days, seconds_a_day, PATIENCE) as lived:
        life = Life(lived, Process(lived), Post(lived))
        try:
            life.live(kills, outages)
            status = life.process.stop()
        finally:
            life.process.running.kill()
        return figures(life, status)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seconds-a-day", type=float, default=30)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--folder", type=Path, help="an empty folder to live in, kept afterwards")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hunter-soak-") as folder:
        found = soak(
            asked.folder or Path(folder),
            days=asked.days,
            seconds_a_day=asked.seconds_a_day,
            kills=asked.kills,
        )
    for figure in found:
        print(f"{figure.name:50} {figure.value}{'' if figure.good else '   <-- falls short'}")
    sys.exit(not all(figure.good for figure in found))


if __name__ == "__main__":
    main()
