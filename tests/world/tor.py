"""Exit lists as the Tor project's CollecTor publishes them."""

import io
import tarfile

OCTOBER_12 = b"""@type tordnsel 1.0
Downloaded 2016-10-12 16:02:00
ExitNode 63BA28370F543D175173E414D5450590D73E22DC
Published 2016-10-12 03:35:55
LastStatus 2016-10-12 15:10:11
ExitAddress 194.187.249.135 2016-10-12 15:12:09
ExitAddress 91.102.152.227 2016-10-11 10:35:30
"""
OCTOBER_30 = OCTOBER_12.replace(b"194.187.249.135 2016-10-12", b"91.102.152.236 2016-10-30")


def month(*lists: bytes, mode: str = "w:xz") -> bytes:
    """A month of lists as CollecTor packs it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for number, content in enumerate(lists):
            entry = tarfile.TarInfo(f"exit-lists-2016-10/{number:02}/2016-10-12-16-02-00")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()
