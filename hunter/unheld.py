"""What a rule asks of a field in a form in which no fact is written, so that it never holds.

A domain defanged as in an alert, a dot at the end as `dig` writes it, AS51177 for 51177: people
write so, and rules compare with what facts hold. Nothing is said that is not certain.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address, ip_network
from types import MappingProxyType
from typing import TypeAlias

from hunter import permutations
from hunter.errors import NotAName
from hunter.names import parse, refang, to_ascii
from hunter.rulebook.conditions import AllOf, AnyOf, Compare, Condition, Not, Op, Regex, Text
from hunter.rulebook.hints import did_you_mean, listing
from hunter.rulebook.holdings import holding
from hunter.trackable import ADDRESSES
from hunter.wording.sentences import techniques

Asked: TypeAlias = Text | Regex | Compare


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the field holds instead, and how to mend it."""

    holds: str
    hint: str
    is_for_rules: bool = False
    """Whether the hint is of use in a rule alone, and not where one value is asked for."""


_MAY_BE_EMPTY = frozenset({"txt"})
_NAMES = ("name", "ns", "mx", "registry_ns", "soa_mname", "pdns_ns", "cert_names")
_MAIL_DOMAINS = ("registrant_email_domain",)
_MAILBOXES = ("registrant_email", "soa_mailbox", "abuse_email", "dmarc_rua", "dmarc_ruf")
_WORDS = (
    *("brand", "brand_kind", "unicode", "matched", "term", "source", "track", "stage"),
    *("as_name", "cdn", "txt", "spf", "mail_provider", "page_title", "cert_issuer", "registrar"),
    *("registrant_name", "registrant_org"),
)
_NUMBERS_AS_WELL = ("asn",)
_REGISTRABLE = "registrable domain"
_COUNTRY = re.compile(r"[a-z]{2}", re.IGNORECASE)
_AS_NUMBER = re.compile(r"AS *(\d+)", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[^a-z0-9._-]", re.IGNORECASE)
_NO_DIGIT = re.compile(r"[^0-9a-f]", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SLIPPED = re.compile(r"\x08|\n\Z")
"""What an expression hardly means; a tab among others, as in `[ \\t]`, does no harm."""
_AROUND_A_NAME = re.compile(r"^[a-z]+://|^.*@|[/:].*$", re.IGNORECASE)


def tests(condition: Condition) -> Iterator[Asked]:
    """Every comparison of a field with a text or number, whether it must hold or must not."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from tests(part)
        case Not(part):
            yield from tests(part)
        case Text(field=str()) | Regex(field=str()) | Compare():
            yield condition
        case _:
            return


def complaint(test: Asked, fields: Mapping[str, str]) -> Complaint | None:
    """Why the field never holds such a text or number; None when it may."""
    meaning = fields.get(str(test.field), "")
    if not meaning:
        return None
    if isinstance(test, Compare):
        return _of_comparison(test, meaning, fields) or _of_day(test, meaning)
    if isinstance(test, Regex):
        return _of_controls(_SLIPPED.search(test.pattern))
    controls = _CONTROL.search("".join(_parts(test)))
    return _of_controls(controls) or _of_text(test, meaning, fields)


def _of_comparison(test: Compare, meaning: str, fields: Mapping[str, str]) -> Complaint | None:
    """No text is more or less than a number; the same as one it may be, as in `matched: 49`."""
    holds = holding(meaning)
    if test.part or test.op is Op.EQ or holds.numeric:
        return None
    if holds.truth:
        return Complaint("is true or false", f"write '{test.field}: true' or '{test.field}: false'")
    if holds.moment:
        year = f"{test.number:.0f}"[:4]
        return Complaint("holds moments", f"write '{test.field}|year|{test.op}: {year}'")
    if not _is_text(test.field, meaning):
        return None
    able = listing(name for name, said in fields.items() if holding(said).in_a_word == "number")
    return Complaint(
        "holds texts, none of them more or less than a number", f"compare a number instead: {able}"
    )


def _is_text(field: str, meaning: str) -> bool:
    """Whether it holds nothing but texts for certain: of some fields no meaning says so."""
    named = field in _OF_FIELD or field in _MAILBOXES or field in _WORDS
    said = _REGISTRABLE in meaning or meaning.endswith((", two letters", ", in hexadecimal"))
    return field not in _NUMBERS_AS_WELL and (named or said)


def _of_day(test: Compare, meaning: str) -> Complaint | None:
    """A year among days is less than all of them, and the test holds for every day or for none."""
    holds, number = holding(meaning), test.number
    if test.part or not holds.day or holds.low <= number <= holds.high:
        return None
    if not date.min.year <= number <= date.max.year:
        return Complaint("holds days", _A_DAY)
    key = test.field + "|year" + ("" if test.op is Op.EQ else f"|{test.op}")
    return Complaint("holds days, not years", f"write '{key}: {number}'")


_A_DAY = "write the day as a whole number, YYYYMMDD: 20170301"


def _of_controls(found: re.Match[str] | None) -> Complaint | None:
    if found is None:
        return None
    return Complaint(
        f"holds no control characters, such as {found[0]!r}", _ON_ONE_LINE, is_for_rules=True
    )


_ON_ONE_LINE = (
    "write it on one line in single quotes: in double quotes YAML reads \\b, \\n and \\t as such"
)


def _of_text(test: Text, meaning: str, fields: Mapping[str, str]) -> Complaint | None:
    field = str(test.field)
    if _whole(test) == "" and field not in _MAY_BE_EMPTY:
        return Complaint("holds no empty text", "write null where there is to be no value")
    if field in _MAILBOXES:
        return _of_mailbox(test, fields)
    if field in _OF_FIELD:
        return _OF_FIELD[field](test)
    of_domains = _REGISTRABLE in meaning and not holding(meaning).numeric
    return _of_domain(test) if of_domains else _of_meaning(test, meaning)


def _of_meaning(test: Text, meaning: str) -> Complaint | None:
    if meaning.endswith(", in hexadecimal") and _NO_DIGIT.search("".join(_parts(test))):
        # Behind what openssl calls them: serial=04AB9F, SHA256 Fingerprint=04:AB:9F.
        digits = re.sub(r".*=|sha-?256:|0x|[:\s-]", "", "".join(_parts(test)), flags=re.IGNORECASE)
        alone = "" if _NO_DIGIT.search(digits) else f": {digits}"
        return Complaint(
            "holds hexadecimal digits alone", f"write them with nothing between{alone}"
        )
    whole = _whole(test)
    if whole is None:
        return None
    if meaning.endswith(", two letters") and not _COUNTRY.fullmatch(whole):
        return Complaint("holds two letters", "write the country's code, such as FR")
    if holding(meaning).day and not whole.isdecimal():
        return Complaint("holds days", _A_DAY)
    if holding(meaning).numeric and not whole.replace(".", "", 1).isdecimal():
        return Complaint(
            "holds numbers",
            "compare with |lt, |lte, |gt or |gte: 'age_days|lt: 7'",
            is_for_rules=True,
        )
    return None


def _whole(test: Text) -> str | None:
    """The text that the value must be; None where it has wildcards."""
    parts = tuple(_parts(test))
    return "".join(parts) if len(parts) == len(test.pattern) else None


def _parts(test: Text) -> Iterator[str]:
    return (part for part in test.pattern if isinstance(part, str))


def _of_mailbox(test: Text, fields: Mapping[str, str]) -> Complaint | None:
    whole, domain = _whole(test), f"{test.field}_domain"
    if whole is None or "@" in whole:
        return _of_fangs(test)
    other = f"ask '{domain}: {whole}', or " if domain in fields else ""
    return Complaint("holds whole mailboxes", f"{other}write '*@{whole}'", is_for_rules=True)


def _of_fangs(test: Text) -> Complaint | None:
    for part in _parts(test):
        if "[" in part and refang(part) != part:
            return Complaint("holds nothing defanged", f"write {refang(part)}")
    return None


def _of_as_number(test: Text) -> Complaint | None:
    found = next(filter(None, map(_AS_NUMBER.match, _parts(test))), None)
    if found is None and (whole := _whole(test)) is not None and not whole.isdecimal():
        return Complaint("holds bare numbers", "write one such as 13335")
    return Complaint("holds bare numbers", f"write {found[1]}") if found else None


def _of_address(test: Text) -> Complaint | None:
    whole = _whole(test)
    if whole is None:
        return _of_fangs(test)
    try:
        kept = str(ip_address(refang(whole)))
    except ValueError:
        return _of_network(str(test.field), refang(whole))
    return None if kept == whole.lower() else Complaint("holds it in another form", f"write {kept}")


def _of_network(field: str, text: str) -> Complaint:
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return Complaint("holds addresses", "write one such as 193.29.187.40")
    return Complaint(
        "holds addresses and no networks", f"write '{field}|cidr: {network}'", is_for_rules=True
    )


def _of_suffix(test: Text) -> Complaint | None:
    first = test.pattern[0]
    if isinstance(first, str) and first.startswith("."):
        return Complaint("holds no dot in front", f"write {first.removeprefix('.')}")
    return _of_name(test)


def _of_technique(test: Text) -> Complaint | None:
    """People read `omission + combosquatting` in tables, and call techniques what others do."""
    known = techniques() | permutations.COST.keys()
    is_whole = _whole(test) is not None
    asked = [one for part in _parts(test) for one in part.lower().split("+")]
    meant = [*map(str.strip, asked)]
    for one in meant:
        if one not in known and (is_whole or not any(one in name for name in known)):
            hint = f"{did_you_mean(one, known)} known: {listing(known)}".strip()
            return Complaint("holds techniques, several joined by +", hint)
    if asked == meant:
        return None
    return Complaint("holds several techniques without blanks", f"write {'+'.join(meant)}")


def _of_name(test: Text) -> Complaint | None:
    """Names are in A-labels, with nothing of a URL or a mailbox about them."""
    for part in _parts(test):
        wrong = _of_fangs(test) or _of_letters(part)
        if wrong:
            return wrong
    last = test.pattern[-1]
    if isinstance(last, str) and last.endswith("."):
        return Complaint("holds names without a dot at the end", f"write {last.removesuffix('.')}")
    return None


def _of_letters(part: str) -> Complaint | None:
    if not part.isascii():
        hint = _in_a_labels(part)
        return Complaint("holds names as DNS has them", hint, is_for_rules=hint == _ASK_UNICODE)
    found = _NOT_IN_NAMES.search(part.removeprefix("*."))
    if found is None:
        return None
    alone = _AROUND_A_NAME.sub("", part)
    hint = f"write the name alone{f': {alone}' if alone else ''}"
    return Complaint(f"holds names, in which no {found[0]!r} stands", hint)


def _in_a_labels(part: str) -> str:
    try:
        return f"write {to_ascii(part)}" if "." in part.strip(".") else _ASK_UNICODE
    except NotAName:
        return _ASK_UNICODE


_ASK_UNICODE = "ask the field unicode for it"


def _of_domain(test: Text) -> Complaint | None:
    wrong, whole = _of_name(test), _whole(test)
    if wrong:
        return wrong
    if whole is None:
        return _of_what_is_below(test)
    try:
        domain = parse(whole).registrable
    except NotAName:
        return Complaint("holds registrable domains", "write one such as monovm.com")
    is_one = domain == whole.lower()
    return None if is_one else Complaint("holds registrable domains", f"write {domain}")


def _of_what_is_below(test: Text) -> Complaint | None:
    """No registrable domain ends in a dot and another: `ns_domain|endswith: .monovm.com`."""
    end = test.pattern[-1]
    if not isinstance(end, str) or not end.startswith("."):
        return None
    try:
        found = parse(end.removeprefix("."))
    except NotAName:
        return None
    if found.text == found.suffix or found.text != found.registrable:
        return None
    return Complaint("holds registrable domains, and nothing below one", f"write {found.text}")


_OF_FIELD: Mapping[str, Callable[[Text], Complaint | None]] = MappingProxyType(
    {
        "asn": _of_as_number,
        "technique": _of_technique,
        "tld": _of_suffix,
        **dict.fromkeys((*ADDRESSES, "pdns_a", "tor_exit_address"), _of_address),
        **dict.fromkeys((*_NAMES, *_MAIL_DOMAINS), _of_name),
    }
)
