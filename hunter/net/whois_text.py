"""Reads a WHOIS answer. Never raises: what it does not understand says nothing.

There is no standard for the text (RFC 3912 says so). Two shapes cover most registries: lines of
`key: value` as ICANN's Registry Agreement (Specification 4) prints them, and RIPE's blocks, which
AFNIC uses too, where the domain names its holder by `holder-c` and the block with that `nic-hdl`
describes it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from hunter import names
from hunter.errors import NotAName
from hunter.net.registration import Holder, Registration, holder, hosts, mailbox, moment
from hunter.net.text import clean

_MAX_LINES = 4000
_MAX_LINE = 1000
_COMMENT = ("%", "#", ">>>", "--", "*")

_KEYS: Mapping[str, tuple[str, ...]] = {
    "domain": ("domain name", "domain"),
    "registrar": ("registrar", "sponsoring registrar", "registrar name", "registrar organization"),
    "iana_id": ("registrar iana id",),
    "registered": (
        *("creation date", "created", "created on", "registered on", "registered", "created date"),
        *("registration date", "domain registration date", "registration time", "domain created"),
        *("registered date", "domain name commencement date"),
    ),
    "updated": (
        *("updated date", "last-update", "last updated", "last updated on", "last modified"),
        *("changed", "modified", "last-updated", "last update", "update date"),
        "last updated date",
    ),
    "expires": (
        *("registry expiry date", "expiry date", "expiration date", "expires", "expires on"),
        *("registrar registration expiration date", "paid-till", "renewal date", "valid until"),
        *("expire date", "expiration time", "domain expiration date"),
    ),
    "email": ("registrant email", "registrant contact email", "holder email", "owner email"),
    "name": ("registrant name", "registrant", "registrant contact name", "holder", "owner"),
    "org": (
        "registrant organization",
        "registrant organisation",
        "registrant contact organisation",
    ),
    "country": ("registrant country", "registrant country/economy", "registrant country code"),
    "abuse": ("registrar abuse contact email", "abuse contact email", "abuse-mailbox"),
    "ns": ("name server", "nserver", "name servers", "nameserver", "nameservers"),
    "status": ("domain status", "status", "eppstatus", "state"),
    "further": ("registrar whois server", "whois server"),
}
_NOT_FOUND = re.compile(
    r"no match|not found|no entries found|no data found|no object found|nothing found"
    r"|status:\s*(?:free|available)|not registered|not been registered|no information"
    r"|object does not exist|does not exist in database|not have an entry in|no such domain"
    r"|no data was found|object_not_found|^no found|returned 0 objects|no se encuentra registrado"
    r"|is (?:free|available)\b(?! (?:at|in|on|only|from|through|under|via)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_FREE = ("free", "available")
_REFUSED = re.compile(
    r"exceeded|too many|quota|rate.?limit|limit (?:reached|exceeded)|try again later|denied"
    r"|blacklist|blocked|temporarily unavailable"
    # As .eu, .lu, .cn, .my, .uk and .hk have it.
    r"|excessive querying|grace period|maximum query rate|(?:access|query) is too (?:fast|often)"
    r"|interval is too short|query limitation|will be replenished|starting another enquiry"
    r"|temporarily not be answered|configured rate limit",
    re.IGNORECASE,
)

Pairs = Mapping[str, list[str]]


def read(text: str) -> Registration | None:
    """The registration in `text`; None when no domain is described there."""
    blocks = list(_blocks(text))
    subject = next((block for block in blocks if "holder-c" in block), None)
    pairs = subject or _merged(blocks)
    domain = _name(_one(pairs, "domain"))
    if not domain or _one(pairs, "status").lower() in _FREE:
        return None
    number = _one(pairs, "iana_id")
    everywhere = _merged(blocks)
    return Registration(
        domain=domain,
        registrar=clean(_one(pairs, "registrar")),
        registrar_iana_id=int(number[:9]) if number.isascii() and number.isdecimal() else None,
        registered=moment(_one(pairs, "registered")),
        updated=moment(_one(pairs, "updated")),
        expires=moment(_one(pairs, "expires")),
        holder=_joined_holder(subject, blocks) if subject else _stated_holder(pairs),
        abuse_email=mailbox(_one(pairs, "abuse")),
        name_servers=hosts(text.partition(" ")[0] for text in _all(everywhere, "ns")),
        statuses=tuple(dict.fromkeys(_status(text) for text in _all(pairs, "status")))[:20],
        further=_name(_one(pairs, "further")),
    )


def says_absent(text: str) -> bool:
    """Whether the answer says that there is no such domain."""
    return bool(_NOT_FOUND.search(text[:5000]))


def says_no(text: str) -> bool:
    """Whether the server refuses to answer, for now."""
    return bool(_REFUSED.search(text[:5000]))


def referral(text: str) -> str:
    """The server that IANA names for a top-level domain; empty when it names none."""
    pairs = _merged(_blocks(text))
    return _name(next(iter([*pairs.get("refer", []), *pairs.get("whois", [])]), ""))


def _blocks(text: str) -> Iterator[dict[str, list[str]]]:
    """What stands between empty lines, as key → values. A heading takes the line below it."""
    block: dict[str, list[str]] = {}
    heading = ""
    for raw in text.split("\n")[:_MAX_LINES]:
        line = clean(raw, _MAX_LINE).removeprefix("** ")
        if line.startswith(_COMMENT):
            continue
        if not line:
            yield block
            block, heading = {}, ""
            continue
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or _is_below(heading, raw, key):
            key, value = heading, line
        if key and value:
            block.setdefault(key.lower().rstrip(". "), []).append(value)
        heading = key if colon and not value else heading
    yield block


def _is_below(heading: str, raw: str, key: str) -> bool:
    """A line under a heading that only looks like a key: an IPv6 address, a URL."""
    return bool(heading) and raw[:1] in " \t" and " " not in key and "." in key


def _merged(blocks: Iterable[Pairs]) -> Pairs:
    merged: dict[str, list[str]] = {}
    for block in blocks:
        for key, values in block.items():
            merged.setdefault(key, []).extend(values)
    return merged


def _all(pairs: Pairs, what: str) -> list[str]:
    return [value for key in _KEYS[what] for value in pairs.get(key, ())]


def _one(pairs: Pairs, what: str) -> str:
    return next(iter(_all(pairs, what)), "")


def _name(text: str) -> str:
    """A host name, also when it was written as a URL or with its port."""
    host = text.removeprefix("https://").removeprefix("http://").partition("/")[0]
    try:
        return names.to_ascii(host.partition(":")[0])
    except NotAName:
        return ""


def _status(text: str) -> str:
    """Without the address of ICANN's explanation."""
    return clean(text.partition("http")[0]).rstrip("( ")


def _stated_holder(pairs: Pairs) -> Holder | None:
    email, name, org, country = (_one(pairs, what) for what in ("email", "name", "org", "country"))
    return holder(email, name, org, country) if email or name or org else None


def _joined_holder(subject: Pairs, blocks: Iterable[Pairs]) -> Holder | None:
    """AFNIC's join: holder-c → nic-hdl → e-mail."""
    handle = subject["holder-c"][0].lower()
    for block in blocks:
        if block.get("nic-hdl", [""])[0].lower() == handle:
            return _described(block)
    return None


def _described(block: Pairs) -> Holder:
    def first(key: str) -> str:
        return next(iter(block.get(key, ())), "")

    company = first("type").upper() == "ORGANIZATION"
    name = first("contact") or first("person")
    hidden = first("anonymous").upper() == "YES" or any(
        "restrict" in remark.lower() for remark in block.get("remarks", ())
    )
    given = ("", name) if company else (name, "")
    return holder(first("e-mail"), *given, first("country"), withheld=hidden)
