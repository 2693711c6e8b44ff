"""The founding case as it is handed on, and cases made of text that means harm."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from hunter.contracts import Case
from hunter.model import AlertState, Evidence, Finding, Level, Match, PastFact, Transition, Value
from tests.world.alerts import AT, DOSSIER, MATCH, alert, hostile

DOMAIN = MATCH.registrable
NOW = AT + timedelta(days=30)
HOST = f"mail.{DOMAIN}"
KNOWN = {
    "cert_serial": "03a1",
    "cert_issuer": "CN=Let's Encrypt Authority X3",
    "cert_not_before": 20170401,
    "cert_not_after": 20170630,
    "soa_mailbox": "hostmaster@monovm.com",
    "name": (DOMAIN, HOST),
    "first_seen": 20170424,
    "registrant_name": "John Pinch",
    "unknown": ("registrant_org", "txt"),
}


def past(
    field: str,
    value: Value,
    *,
    subject: str = DOMAIN,
    provider: str = "dns",
    first: datetime = AT,
    days: int = 3,
    ended: bool = False,
) -> PastFact:
    """A value that held for some days."""
    last = first + timedelta(days=days)
    return PastFact(subject, field, value, provider, first, last, last if ended else None)


HISTORY = (
    past("a", "193.29.187.40", ended=True),
    past("a", "80.82.69.134", first=AT + timedelta(days=3)),
    past("a", "80.82.69.135", subject=HOST),
    past("aaaa", "2001:db8::1"),
    past("ns", "ns1.monovm.com"),
    past("ns", "ns2.monovm.com"),
    past("mx", HOST),
    past("registrant_email", "johnpinch@mail.com", provider="rdap"),
    past("soa_mailbox", "hostmaster@monovm.com"),
    past("cert_serial", "03a1", provider="certificate"),
    past("a", "193.29.187.41", provider="told by a partner"),
)


def case(state: AlertState = AlertState.NEW, domain: str = DOMAIN, brand: str = "") -> Case:
    """A case with a history."""
    match = replace(MATCH, name=domain, registrable=domain, brand=brand or MATCH.brand)
    opened = alert(match)
    said = () if state is opened.state else (Transition(AT, state, ""),)
    about = replace(opened, state=state, transitions=(*opened.transitions, *said))
    fields = {**DOSSIER.fields, **KNOWN}
    dossier = replace(DOSSIER, domain=domain, brand=match.brand, at=NOW, fields=fields)
    history = (replace(one, subject=one.subject.replace(DOMAIN, domain)) for one in HISTORY)
    return Case(about, dossier, tuple(history))


def hosted(*hosts: str, domain: str = "atlassian.net") -> Case:
    """One whose domain is a firm's, under which hosts of a customer's imitate the brand."""
    label = MATCH.brand.partition(".")[0]
    found = [
        replace(
            MATCH,
            name=host,
            registrable=domain,
            matched=label,
            span=(start, start + len(label)),
        )
        for host in hosts
        for start in (host.lower().index(label),)
    ]
    whole = case(domain=domain)
    fields = {**whole.dossier.fields, "name": (domain, *hosts)}
    return replace(
        whole,
        alert=replace(whole.alert, match=found[0]),
        dossier=replace(whole.dossier, fields=fields),
        others=tuple(found),
    )


def hostile_case(text: str) -> Case:
    """One that holds `text` wherever the world could put it; its domain is one all the same."""
    whole = case()
    finding = Finding(
        text, text, Level.HIGH, 1, (Evidence("registrar", text),), text, (text,), (text,), (text,)
    )
    match = replace(MATCH, name=text, matched=text, reason=text, term=text, technique=text)
    about = replace(alert(match), findings=(finding,), domain=DOMAIN)
    fields = dict.fromkeys((*whole.dossier.fields, "cdn", "page_title", text), text)
    dossier = replace(whole.dossier, fields=fields, unknown={"expires": text, text: text})
    history = (replace(one, value=text) for one in HISTORY)
    return Case(about, dossier, (*history, replace(HISTORY[0], subject=text)))


hostile_cases = st.builds(hostile_case, hostile)


def texts(tree: object) -> Iterator[str]:
    """Every text in a tree of JSON, keys included."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from texts(value)


def nameless(text: str) -> Case:
    """One whose domain is no name."""
    whole = case()
    match: Match = replace(MATCH, registrable=text)
    return replace(whole, alert=replace(whole.alert, domain=text, match=match))
