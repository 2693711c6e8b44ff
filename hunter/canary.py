"""The canary's name: a lookalike that nobody can register, for a test of the whole way.

It lies under `.invalid`, which RFC 2606 and RFC 6761 keep out of the DNS for ever: whoever meets
such a name need not ask anybody about it, and no squatter hides behind it.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

NAME = "canary"
"""Its source, its enricher, its job."""
RECIPIENT = "(canary)"
"""Who gets its letters: nobody, for they stay in a folder."""
CERTIFICATE = b".test.certspotter.org\n"
"""Where SSLMate has a certificate issued every day at about 12:05 UTC, for tests of monitors. Up to
the end of the line, for anybody may have one for what goes on behind it."""

_STAMP = "canary-%Y%m%dt%H%M.invalid"
_DOMAIN = re.compile(r"canary-\d{8}t\d{4}\.invalid")


def domain_at(moment: datetime) -> str:
    """The registrable domain of the canary that is let fly at that minute."""
    return moment.astimezone(UTC).strftime(_STAMP)


def released_at(domain: str) -> datetime:
    """The inverse of `domain_at`, to the minute."""
    return datetime.strptime(domain, _STAMP).replace(tzinfo=UTC)


def is_canary(domain: str) -> bool:
    """Whether the registrable domain is a canary's."""
    return _DOMAIN.fullmatch(domain) is not None


def names(domain: str, brands: Iterable[str]) -> bytes:
    """A plain lookalike of each brand's domain under the canary's, joined by newlines."""
    return "\n".join(f"{brand}.{domain}" for brand in brands).encode()
