"""What a machine may run out of for a moment: no reason to wait for a person."""

import errno
from collections.abc import Set

from hunter.errors import WillNotPass, WillPass

SHORTAGES = frozenset((errno.EMFILE, errno.ENFILE, errno.EIO, errno.ENOMEM))
"""Of descriptors, of a disk that can be read, and of memory."""


def trouble(message: str, error: OSError, may_pass: Set[int] = SHORTAGES) -> WillPass | WillNotPass:
    """What to raise for the error: the message, and why in the system's words."""
    kind = WillPass if error.errno in may_pass else WillNotPass
    return kind(f"{message}: {error.strerror}")
