"""Who is for or against somebody, as names say it: `lesjeunesavecmacron`."""

import re

from hunter.matching.affixes import is_word

_FOR = "(?:avec|pour|with|for|sauf|sans|contre|without|against)"
_WHO = "((?:les|la|le|the)?(.+))"
_SUPPORT = re.compile(f"{_WHO}{_FOR}"), re.compile(f"{_FOR}{_WHO}")


def is_support(before: str, after: str) -> bool:
    """Whether what is glued before or behind a name says so: `macronpourlafrance`."""
    said = [how.fullmatch(text) for how, text in zip(_SUPPORT, (before, after), strict=True)]
    return any(is_word(who) for found in said if found for who in found.groups())
