"""Whose certificates are trusted: the system's, or those in a file of the operator's own."""

import ssl
from pathlib import Path

from hunter.net.shortage import trouble
from hunter.paths import readable_to_its_end


def trusting(bundle: Path | None) -> ssl.SSLContext:
    """For a connection to a server that has to show who it is.

    Raises WillNotPass, or WillPass where the machine is short of something, naming the file.
    """
    try:
        if bundle is not None:
            readable_to_its_end(bundle)
        return ssl.create_default_context(cafile=bundle)
    except OSError as error:
        raise trouble(f"{bundle} gives no certificates", error) from error
