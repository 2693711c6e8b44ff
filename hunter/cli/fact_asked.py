"""A fact that is asked for, FIELD=VALUE, as `hunter search --field` takes it."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from hunter.cli.output import whole_number

if TYPE_CHECKING:
    from hunter.errors import YoursToFix
    from hunter.model import Value
    from hunter.unheld import Complaint

_OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("name", "domain", "unicode"), "--contains"),
        **{word: f"--{word}" for word in ("tld", "brand", "technique", "stage")},
        "past_ns_domain": "--ns",
        "age_days": "--since and --until",
        "first_seen": "--seen-since and --seen-until",
    }
)
"""What is no fact, though rules ask for it, and has an option."""


def having(text: str) -> "tuple[str, tuple[Value, ...]]":
    """The field, and the values of which any will do."""
    from hunter import dossiers

    written, equals, value = text.partition("=")
    if not equals or not value:
        raise _refused(f"{text!r} is no condition", "such as cdn=Cloudflare")
    every = dossiers.rule_fields()
    fields = every.keys() - dossiers.FIELDS.keys()
    field = written.strip().lower()
    if field not in fields:
        raise _refused(f"{written!r} is no field", _meant(field, fields))
    return field, _held(field, every, value)


def _meant(field: str, fields: Collection[str]) -> str:
    """An option, a field without what rules write behind it, or the nearest field."""
    from hunter.config.faults import did_you_mean

    bare, modifier, _ = field.partition("|")
    if bare in _OPTIONS:
        return f"ask with {_OPTIONS[bare]}"
    if modifier and bare in fields:
        return f"write {bare}=VALUE, with a whole value: what stands behind | is for rules"
    return did_you_mean(bare, fields)


def _held(field: str, fields: Mapping[str, str], text: str) -> "tuple[Value, ...]":
    """What facts may hold where a person writes this: digits are a number, or a text.

    Names and mailboxes are kept in small letters; a copied value is defanged.
    """
    from hunter import unheld
    from hunter.names import refang
    from hunter.rulebook.conditions import Text
    from hunter.rulebook.holdings import holding
    from hunter.told import NotTold, held

    meaning = fields[field]
    what = holding(meaning)
    try:
        if what.truth or what.day:
            return (held(what, text),)
    except NotTold as error:
        raise _refused(f"{field}: {error}", f"{field}: {meaning}") from error
    number, plain = whole_number(text), refang(text)
    if complaint := unheld.complaint(Text(field, (plain,)), {field: meaning}):
        wrong = f"{plain[:80]!r} is never found: {field} {complaint.holds}"
        raise _refused(wrong, _mended(field, fields, plain, complaint))
    texts = tuple(dict.fromkeys((plain, plain.lower())))
    return texts if number is None else (*texts, number)


def _mended(field: str, fields: Mapping[str, str], text: str, complaint: "Complaint") -> str:
    """How to write it; where only a rule can ask so, the option that does, or what the field is."""
    from hunter.trackable import ADDRESSES

    if not complaint.is_for_rules:
        return complaint.hint
    if field in ADDRESSES and "/" in text:
        return f"ask with --address {text}"
    if f"{field}_domain" in fields and "." in text:
        return f"write {field}_domain={text}"
    return f"{field}: {fields[field]}"


def _refused(message: str, hint: str) -> "YoursToFix":
    from hunter.errors import Fault, YoursToFix

    return YoursToFix([Fault("", "--field", message, hint)])
