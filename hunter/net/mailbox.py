"""What a mail address looks like that mail servers take."""

import re

from hunter import names
from hunter.errors import NotAName
from hunter.net.text import clean

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9.-]{1,190}", re.ASCII | re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether mail can go there or come from there."""
    return _ADDRESS.fullmatch(text) is not None


def of_zone(rname: str) -> str:
    """That of who runs a zone, which its SOA record writes as a name; empty where it is none.

    The first label is the local part; a dot within it is escaped (RFC 1035, 8).
    """
    found = re.fullmatch(r"((?:\\.|[^.\\])+)\.(.+)", rname)
    if found is None:
        return ""
    local = re.sub(r"\\(\d{3}|.)", _unescaped, found[1])
    return clean(f"{local}@{found[2]}")


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1])) if escape[1].isdecimal() else escape[1]


def in_ascii(address: str) -> str:
    """How to write it, in words, where only its domain has letters that no mail server takes."""
    local, _, domain = address.rpartition("@")
    try:
        written = f"{local}@{names.to_ascii(domain)}"
    except NotAName:
        return ""
    return f": write {written}" if not domain.isascii() and is_address(written) else ""
