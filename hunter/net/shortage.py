"""What a machine may run out of for a moment: no reason to wait for a person."""

import errno

SHORTAGES = frozenset((errno.EMFILE, errno.ENFILE, errno.EIO, errno.ENOMEM))
"""Of descriptors, of a disk that can be read, and of memory."""
