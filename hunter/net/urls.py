"""A URL as the door asks for it: to the letter as it was written, or trouble in words."""

import re
from hashlib import sha256
from urllib.parse import quote, unquote, urlsplit

import yarl

from hunter.errors import WillPass
from hunter.names import MAX_NAME
from hunter.net.text import clean

_AS_IT_IS = "%!$&'()*+,-./:;=?@_~"
_URL = re.compile(r"\s*(?:http|ws)s?://", re.IGNORECASE)
_OTHER = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LINK = re.compile(r"(?:(https?):)?([/\\]*)([^?#]*)", re.IGNORECASE)
_LEFT_OUT = str.maketrans("", "", "\t\n\r")
_BLANK = "".join(map(chr, range(0x21)))
_BEFORE_A_HOST = 2
_IN_NO_HOST = frozenset(' "#%/:<>?@[\\]^`{|}')
_LOGIN = re.compile(r"(?<=://)[^/?#]*@")
_VALUE = re.compile(r"(?<==)[^&#]+")


def is_web(text: str) -> bool:
    """Whether it is written as a URL of a web server: what is not may be a path."""
    return text[:8].lower().startswith(("http://", "https://"))


def askable(text: str) -> yarl.URL:
    """The URL of a web server; raises WillPass when it is of anything else."""
    url = parsed(text)
    if url.scheme not in ("http", "https") or not url.raw_host:
        raise WillPass(f"only http and https are asked, not {clean(url.scheme) or 'nothing'!r}")
    return url


def parsed(text: str) -> yarl.URL:
    """The URL, relative or whole; raises WillPass when it is none."""
    try:
        if len(yarl.URL(text, encoded=True).raw_host or "") > MAX_NAME:
            raise WillPass("the address is not a URL")
        url = yarl.URL(text)
        return _as_written(url, urlsplit(text).query) if "%" in text else url
    # Some texts (`//[@]`) are one bracket too short for yarl.
    except (ValueError, IndexError):
        raise WillPass("the address is not a URL") from None


def as_browsers_read(link: str, scheme: str) -> str:
    """A link on a page of that scheme, as the URL standard of the WHATWG has it, for RFC 3986.

    A backslash is a slash, before a host there may be any number of them, and in it escapes.
    """
    text = link.strip(_BLANK).translate(_LEFT_OUT)
    found = _LINK.match(text)
    if found is None or _OTHER.match(text):
        return text
    named, slashes, path = (found[1] or "").lower(), found[2], found[3].replace("\\", "/")
    if len(slashes) >= _BEFORE_A_HOST or named not in ("", scheme):
        return f"{named or scheme}://{_with_its_host(path)}{text[found.end() :]}"
    # `https:a:b` is a path on a page of https, and `a:b` would be none.
    before = "/" if slashes else "./" if named and ":" in path else ""
    return f"{before}{path}{text[found.end() :]}"


def _with_its_host(text: str) -> str:
    """A host and its path, the host in the letters that its escapes stand for."""
    place, slash, path = text.partition("/")
    login, at, host = place.rpartition("@")
    name, colon, port = host.partition(":")
    plain = unquote(name)
    if _IN_NO_HOST.intersection(plain):
        return text
    return f"{login}{at}{plain}{colon}{port}{slash}{path}"


def _as_written(url: yarl.URL, query: str) -> yarl.URL:
    """`url` with the escapes of its query as they came: signatures may be over the very letters."""
    if not query:
        return url
    before = str(url.with_query(None).with_fragment(None))
    after = f"#{url.raw_fragment}" if url.raw_fragment else ""
    return yarl.URL(f"{before}?{quote(query, safe=_AS_IT_IS)}{after}", encoded=True)


def place(url: yarl.URL) -> str:
    """Its host and port: all of it that a message may hold."""
    return clean(url.host_port_subcomponent or "")


def shown(text: str) -> str:
    """A URL of the config's without what may be secret in it; what is none stays as it is.

    Of two that differ in that alone, a few letters at the end tell which is which.
    """
    if not _URL.match(text):
        return text
    start, mark, query = _LOGIN.sub("", text).partition("?")
    plain = f"{start}{mark}{_VALUE.sub('...', query)}"
    return plain if plain == text else f"{plain} ({sha256(text.encode()).hexdigest()[:4]})"
