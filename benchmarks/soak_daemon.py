"""The real daemon with a clock that runs fast.

    python benchmarks/soak_daemon.py BEGIN EPOCH FACTOR STEP CONFIG

BEGIN is a moment (ISO 8601), and EPOCH the Unix time at which the clock showed it, FACTOR how many
of its seconds pass in a real one. It begins so long ago that it never passes the real clock: what
is due is due at once. STEP is how often the steps of the pipeline run, in real seconds.
"""

import asyncio
import sys
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from hunter import config, daemon, logs
from hunter.hunting import open_hunt


def main(begin: str, epoch: str, factor: str, step: str, path: str) -> None:
    def now() -> datetime:
        passed = timedelta(seconds=(time.time() - float(epoch)) * float(factor))
        return datetime.fromisoformat(begin) + passed

    daemon.open_hunt = partial(open_hunt, now=now)
    daemon._STEP_EVERY = float(step)  # noqa: SLF001 - no setting of the daemon's: who would set it?
    logs.set_up()
    asyncio.run(daemon.run(config.load(Path(path))))


if __name__ == "__main__":
    main(*sys.argv[1:])
