"""Rules and dossiers made in a line, for the tests of rulebook and judge."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from textwrap import indent
from uuid import NAMESPACE_DNS, uuid5

from hunter.model import Dossier, Value
from hunter.rulebook import Rulebook, load

_NAMES = """
a age_days as_name asn confidence first_seen has_mx name ns_domain registered registered_at
registrant_email registrant_name resolves seen_at technique term track txt
"""
FIELDS = dict.fromkeys(_NAMES.split(), "")
"""Without a meaning, so that every test may ask and hold anything."""
AT = datetime(2017, 4, 24, 12, tzinfo=UTC)


def rule(detection: str, name: str = "one", extra: str = "") -> str:
    """A sound rule around a `detection:` block."""
    return f"""\
title: Rule {name}
id: {uuid5(NAMESPACE_DNS, name)}
name: {name}
level: medium
score: 10
logsource: {{product: hunter, category: domain}}
{extra}
detection:
{indent(detection, "  ")}
"""


def correlation(block: str, name: str = "many", extra: str = "") -> str:
    """A sound correlation around a `correlation:` block."""
    return f"""\
title: Correlation {name}
id: {uuid5(NAMESPACE_DNS, name)}
name: {name}
level: high
score: 20
{extra}
correlation:
{indent(block, "  ")}
"""


def selection(item: str) -> str:
    """A `detection:` block with one selection of one line."""
    return f"selection:\n  {item}\ncondition: selection"


def book(folder: Path, *documents: str, fields: Mapping[str, str] = FIELDS) -> Rulebook:
    """The rulebook of these documents, each in its own file."""
    for number, text in enumerate(documents):
        (folder / f"{number}.yml").write_text(text, encoding="utf-8")
    return load(folder, fields)


def dossier(
    domain: str = "en-marche.co",
    /,
    brand: str = "en-marche.fr",
    unknown: Mapping[str, str] | None = None,
    **fields: Value | tuple[Value, ...],
) -> Dossier:
    """A dossier with these fields."""
    return Dossier(domain, brand, AT, fields, unknown or {})
