"""What is misconfigured on this machine: each fault in one line, with one hint.

Nothing is changed and nothing is sent: servers are connected to and left again.
"""

from collections.abc import AsyncIterator
from datetime import datetime

from hunter.config import Config
from hunter.doctor import disk, machine, network
from hunter.doctor.check import Check
from hunter.doctor.disk import secrets

__all__ = ["Check", "examine", "secrets"]


async def examine(config: Config, now: datetime, *, offline: bool) -> AsyncIterator[Check]:
    """Look at everything that the config needs; the network unless `offline`."""
    for check in (*machine.checks(), *disk.checks(config, now)):
        yield check
    if not offline:
        async for check in network.checks(config, now):
            yield check
