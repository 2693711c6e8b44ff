"""Values as a person writes them into a config; what can be none is told when it is loaded."""

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Annotated, ClassVar, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator
from pydantic.fields import FieldInfo

from hunter.net.host import host_and_port, is_host, lacks_zone, told
from hunter.net.mailbox import in_ascii, is_address
from hunter.paths import at_home

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST = timedelta(days=36_500)
"""No day that can be told is further away than that from any other that matters."""


class Table(BaseModel):
    """A table that a person writes: frozen, strict, unknown keys refused."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, strict=True, extra="forbid")


def _duration(value: object) -> timedelta:
    if isinstance(value, timedelta):
        return value
    found = re.fullmatch(r"(\d{1,12})\s*([smhd])", value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('write a whole number and one of s, m, h, d, such as "90s" or "12h"')
    try:
        span = timedelta(**{_UNITS[found[2]]: int(found[1])})
    except OverflowError:
        span = timedelta.max
    if span > _LONGEST:
        raise ValueError(f"{value!r} is longer than 100 years")
    return span


def _interval(value: object) -> timedelta:
    span = _duration(value)
    if isinstance(value, str) and not span:
        raise ValueError(f'{value!r} is no time at all: write at least "1s"')
    return span


def web_address(text: str) -> str:
    """Raises ValueError for what is none: `rdap.nic.fr` alone is a path (RFC 3986, 4.2)."""
    if text and not _is_whole(text, ("http", "https")):
        raise ValueError(f"{told(text)} is no address like https://host/")
    return text


def _stream_address(text: str) -> str:
    if not _is_whole(text, ("ws", "wss")):
        raise ValueError(f"{told(text)} is no address like wss://host/")
    return text


def _is_whole(text: str, schemes: Sequence[str]) -> bool:
    try:
        parts = urlsplit(text)
        return bool(parts.scheme in schemes and parts.hostname and parts.port != 0)
    except ValueError:
        return False


def _url_or_path(text: str) -> str:
    return web_address(text) if "://" in text else str(_path(Path(text)))


def _url_or_path_if_any(text: str) -> str:
    return _url_or_path(text) if text.strip() else ""


def _host(text: str) -> str:
    if lacks_zone(text):
        raise ValueError(f"{text!r} is link-local: its zone goes with it, such as {text}%eth0")
    if not is_host(text):
        raise ValueError(
            f"{told(text)} is no host name: without smtp://, and the port goes to port"
        )
    return text


def _server(text: str) -> str:
    host_and_port(text, usual=1)
    return text.lower()


def _mailbox(text: str) -> str:
    if not is_address(text):
        raise ValueError(f"{text!r} is not a mail address{in_ascii(text)}")
    return text


def _no_blank(text: object) -> object:
    """An empty path would be the folder in which hunter happens to be started."""
    if isinstance(text, str) and not text.strip():
        raise ValueError("is empty: write a path, or leave it out")
    return text


def _path(path: Path) -> Path:
    if "\0" in str(path):
        raise ValueError("holds a character that no path has")
    return at_home(path)


Duration = Annotated[timedelta, PlainValidator(_duration)]
Interval = Annotated[timedelta, PlainValidator(_interval)]
"""A duration that is not nothing: how often, or how long until."""
WebAddress = Annotated[str, AfterValidator(web_address)]
"""A URL of http or https; empty where there may be none."""
StreamAddress = Annotated[str, AfterValidator(_stream_address)]
"""A URL of a websocket."""
PLACE = "place"
UrlOrPath = Annotated[str, BeforeValidator(_no_blank), AfterValidator(_url_or_path), PLACE]
"""Such a URL, or where something lies on this machine."""
UrlOrPathIfAny = Annotated[str, AfterValidator(_url_or_path_if_any), PLACE]
"""The same; empty where there is none."""
Host = Annotated[str, AfterValidator(_host)]
"""A machine without its port, which has a key of its own."""
Server = Annotated[str, AfterValidator(_server)]
"""A machine: `HOST` or `HOST:PORT`, an IPv6 address in brackets."""
MailAddress = Annotated[str, AfterValidator(_mailbox)]
"""Where mail comes from or goes to, without the name of who that is."""
LocalPath = Annotated[Path, BeforeValidator(_no_blank), AfterValidator(_path)]
SECRET = "secret"  # noqa: S105
SecretFile = Annotated[Path, BeforeValidator(_no_blank), AfterValidator(_path), SECRET]
"""A file whose whole content, stripped, is a secret, to be read by `net.secret.read_secret`.

The config never holds the secret itself. The key ends in `_file`, and in `url_file` where the
secret is the URL to post to: so `hunter check` and `hunter doctor` know what is to stand in it.
"""


class PassiveDnsAccounts(Table):
    """Who can be asked for passive DNS: for tracks by a source, for domains by an enricher."""

    dnsdb_key_file: SecretFile | None = Field(
        default=None, description="a file with your DNSDB API key (a paid service)"
    )
    dnsdb_url: WebAddress = Field(
        default="https://api.dnsdb.info", description="where DNSDB is asked"
    )
    circl_login_file: SecretFile | None = Field(
        default=None, description="a file with user:password of CIRCL Passive DNS (for partners)"
    )
    circl_url: WebAddress = Field(
        default="https://www.circl.lu/pdns/query", description="where CIRCL is asked"
    )
    imports: tuple[LocalPath, ...] = Field(
        default=(), description="files or folders of passive DNS that somebody exported (COF, CSV)"
    )


def holds_places(field: FieldInfo) -> bool:
    """Whether what is written there, or each of several, is a URL or a path."""
    marks = (getattr(one, "__metadata__", ()) for one in get_args(field.annotation))
    return PLACE in (*field.metadata, *chain.from_iterable(marks))
