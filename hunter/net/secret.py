"""Secrets, read from files at the moment of use, so that a changed one needs no restart."""

import hashlib
from pathlib import Path

from hunter.errors import WillNotPass
from hunter.net.shortage import trouble

CREDENTIALS = Path("/run/credentials")
"""Where systemd puts what LoadCredential names."""
_MAX_SECRET = 10_000
_MOST_KNOWN = 100

_known: dict[str, None] = {}


def read_secret(path: Path) -> str:
    """The file's whole content, stripped.

    Raises WillNotPass, or WillPass where the machine is short of something: naming the file, never
    the content.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_SECRET + 1)
        secret = content.decode("utf-8-sig").strip()
    except OSError as error:
        raise trouble(f"the secret in {path} cannot be read", error) from error
    except UnicodeDecodeError:
        raise WillNotPass(f"the secret in {path} is not text") from None
    if not secret or len(content) > _MAX_SECRET or not secret.isprintable():
        raise WillNotPass(f"the file {path} should hold one secret on one line")
    _known[secret] = None
    while len(_known) > _MOST_KNOWN:
        del _known[next(iter(_known))]
    return secret


def is_handed_on(path: Path) -> bool:
    """Whether systemd put it there, for one service alone.

    From version 254 on it lets the service in by an ACL, whose mask looks like rights of a group.
    """
    return path.is_relative_to(CREDENTIALS)


def fingerprint(secret: str) -> str:
    """Tells one secret from another without being it."""
    return hashlib.sha256(secret.encode()).hexdigest()[:16]


def known_secrets() -> tuple[str, ...]:
    """Those that were read lately: what must not stand in a log."""
    return tuple(_known)
