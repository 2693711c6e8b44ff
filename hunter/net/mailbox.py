"""What a mail address looks like that mail servers take."""

import re

from hunter import names
from hunter.errors import NotAName

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9.-]{1,190}", re.ASCII | re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether mail can go there or come from there."""
    return _ADDRESS.fullmatch(text) is not None


def in_ascii(address: str) -> str:
    """How to write it, in words, where only its domain has letters that no mail server takes."""
    local, _, domain = address.rpartition("@")
    try:
        written = f"{local}@{names.to_ascii(domain)}"
    except NotAName:
        return ""
    return f": write {written}" if not domain.isascii() and is_address(written) else ""
