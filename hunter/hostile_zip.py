"""Zip archives from strangers: what zipfile is known to raise on those made to hurt it."""

import struct
import zipfile
import zlib

FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    IndexError,
    NotImplementedError,
    RuntimeError,
)
