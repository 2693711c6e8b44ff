"""Which servers the config needs: every URL, host and port in it, and those in its secret files."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from hunter.config import Config
from hunter.contracts import Settings
from hunter.doctor.check import Check
from hunter.errors import WillNotPass, WillPass
from hunter.feeds.places import PRESETS
from hunter.net.reach import Server
from hunter.net.secret import read_secret

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_HINT = "write it as https://host/path"


def servers(config: Config) -> tuple[Mapping[Server, Mapping[str, None]], list[Check]]:
    """Each server with the parts that need it, and what is no address at all."""
    found: dict[Server, dict[str, None]] = {}
    faults = []
    for family, name, settings in config.parts():
        part = f"{family}.{name}"
        for server in _needed(settings):
            if server is None:
                faults.append(Check("server", part, "one of its addresses is none", _HINT))
            else:
                found.setdefault(server, {})[part] = None
    return found, faults


def _needed(settings: Settings) -> Iterator[Server | None]:
    """Of one part; None for an address that is none."""
    if getattr(settings, "folder", None):
        return
    yield from settings.reaches()
    unread = settings.unread()
    for key, value in settings:
        if key in unread or _is_without_account(settings, key):
            continue
        if key.endswith("url_file") and isinstance(value, Path):
            yield from _at(_secret_url(value))
        else:
            yield from _within(value)


def _is_without_account(settings: Settings, key: str) -> bool:
    """Whether it is where a service is asked by those who have a key for it, and there is none."""
    service, of_url, _ = key.rpartition("_url")
    secrets = [
        value
        for other, value in settings
        if other.startswith(f"{service}_") and other.endswith("_file")
    ]
    return bool(of_url and secrets) and not any(secrets)


def _secret_url(path: Path) -> str:
    try:
        return read_secret(path)
    except (WillPass, WillNotPass):
        return ""  # said of the file already


def _within(value: Any) -> Iterator[Server | None]:
    if isinstance(value, str):
        yield from _at(PRESETS.get(value, value))
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _within(one)
    elif isinstance(value, BaseModel):
        for _, one in value:
            yield from _within(one)


def _at(text: str) -> Iterator[Server | None]:
    """The server of a URL; nothing for what is no URL, or names its host later."""
    scheme, separator, _ = text.partition("://")
    if not separator or scheme not in _PORTS:
        return
    try:
        parts = urlsplit(text)
        port = parts.port or _PORTS[scheme]
    except ValueError:
        yield None
        return
    if parts.hostname and "{" not in parts.hostname:
        yield Server(parts.hostname, port, scheme in ("https", "wss"))
