"""The real daemon with a clock that runs fast: BEGIN (ISO), EPOCH (Unix time), FACTOR, CONFIG.

The clock begins so long ago that it never passes the real one: what is due is due at once.
"""

import asyncio
import sys
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from hunter import config, daemon
from hunter.cli.run import set_up_logs
from hunter.hunting import open_hunt


def main(begin: str, epoch: str, factor: str, path: str) -> None:
    def now() -> datetime:
        passed = timedelta(seconds=(time.time() - float(epoch)) * float(factor))
        return datetime.fromisoformat(begin) + passed

    daemon.open_hunt = partial(open_hunt, now=now)
    set_up_logs()
    asyncio.run(daemon.run(config.load(Path(path))))


if __name__ == "__main__":
    main(*sys.argv[1:])
