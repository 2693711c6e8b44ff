"""The founding case as an alert with its dossier, and text that means harm."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from hunter import wording
from hunter.model import Alert, AlertState, Dossier, Evidence, Finding, Level, Match, Transition
from hunter.notice import Gist, Group, Notice, Row

AT = datetime(2017, 4, 24, 6, 0, tzinfo=UTC)

MATCH = Match(
    name="onedrive-en-marche.fr",
    registrable="onedrive-en-marche.fr",
    brand="en-marche.fr",
    technique="combosquatting",
    matched="en-marche",
    span=(9, 18),
    confidence=0.91,
    reason="`en-marche` stands whole in onedrive-en-marche.fr",
    term="en-marche",
)
REGISTRANT = Finding(
    rule_id="registrant",
    title="Registrant's mailbox at mail.com, email.com or europe.com",
    level=Level.HIGH,
    score=40,
    evidence=(Evidence("registrant_email", "johnpinch@mail.com"), Evidence("registered", 20170315)),
    wording="The same providers were used by one group; most of their users are honest people.",
    tags=("attack.t1583.001", "attack.g0007"),
    references=("https://threatconnect.com/blog/parlez-vous-fancy",),
    false_positives=("a private person with a free mailbox",),
)
SHARED = Finding(
    rule_id="shared",
    title="Registrant shared with other domains",
    level=Level.MEDIUM,
    score=20,
    evidence=(Evidence("registrant_email", "johnpinch@mail.com"),),
    wording="One mailbox on several names suggests one hand, or a reseller.",
    related=("mail-en-marche.fr", "portal-office.fr"),
)
DOSSIER = Dossier(
    domain="onedrive-en-marche.fr",
    brand="en-marche.fr",
    at=AT,
    fields={
        "registered": 20170315,
        "registrant_email": "johnpinch@mail.com",
        "registrar": "Registrar SAS",
        "abuse_email": "abuse@registrar.example",
        "ns": ("ns1.monovm.com", "ns2.monovm.com"),
        "a": "80.82.69.134",
        "asn": 29073,
        "as_name": "Quasi Networks LTD.",
        "has_mx": True,
        "mx": "mail.onedrive-en-marche.fr",
        "brand_kind": "brand",
    },
    unknown={
        "registrant_name": "withheld by the registry",
        "registrant_org": "withheld by the registry",
        "txt": "SERVFAIL",
    },
)
OPENED = Transition(AT, "opened", wording.sentence_for_opening(MATCH))


def alert(match: Match = MATCH, severity: Level = Level.HIGH) -> Alert:
    """The alert about `match`."""
    return Alert(
        id=1,
        brand=match.brand,
        domain=match.registrable,
        severity=severity,
        score=60,
        state=AlertState.NEW,
        opened_at=AT,
        updated_at=AT,
        match=match,
        findings=(SHARED, REGISTRANT),
        transitions=(OPENED,),
    )


def notice(key: str = "1:opened", news: tuple[Transition, ...] = (OPENED,)) -> Notice:
    """The notice about it."""
    return wording.notice(alert(), DOSSIER, news, key)


ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=https://evil.com/x.png onerror=alert(1)>',
    "</title></style><a href='https://evil.com'>here</a>",
    "<!channel> <!here> <@U012AB3CD> <https://evil.com|bank.fr>",
    "&lt;!channel&gt; @here @channel @everyone",
    "*bold* _it_ ~no~ `code` ```block``` :white_check_mark: :skull:",
    "\r\nBcc: everyone@evil.com\r\n\r\nanother body",
    "\nSubject: owned\n.\nQUIT\n",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x08\x08\x7f\x00",
    "\u202egnp.exe\u2066 \u2069\u200f\u200b\ufeff \U000e0041",
    "line\u2028line\u2029line\x85line",
    '=HYPERLINK("http://evil.com";"x") +1 -1 @SUM(A1)',
    "http://evil.com/login mailto:x@evil.com ftp://10.0.0.1/ //evil.com",
    "\\\\evil.com\\share file://evil.com/share",
    "evil。com evil．com www.evil.com",
    "a" + "\u0301" * 50,
    "=?utf-8?q?=3Cscript=3E?=",
    "{alert.brand} %s {0} ${x} {{7*7}}",
    "x" * 5000,
    "\ud800 lone",
    "",
)
hostile = st.one_of(
    st.sampled_from(ATTACKS),
    st.text(max_size=60),
    st.lists(st.sampled_from(ATTACKS), max_size=3).map(" ".join),
)


def _row(text: str) -> Row:
    return Row(text, (text, text), text)


def raw_notice(text: str) -> Notice:
    """A notice that holds `text` in every field, as if nobody had cleaned it before."""
    finding = Finding(
        text, text, Level.HIGH, 1, (Evidence(text, text),), text, (text,), (text,), (text,), (text,)
    )
    words = (text, text)
    return Notice(
        key=text,
        thread=text,
        kind=text,
        severity=Level.HIGH,
        brand=text,
        domain=text,
        subject=text,
        headline=text,
        name_parts=(text, text, text),
        news=words,
        findings=((finding, words), (finding, words)),
        facts=(_row(text),) * 12,
        unknowns=(_row(text),),
        next_steps=words,
        caveat=text,
        at=AT,
        pattern=text,
        state=text,
        remark=text,
        groups=(Group(text, (_gist(text), _gist(text)), 3),),
    )


def _gist(text: str) -> Gist:
    return Gist(text, text, Level.HIGH, text, text, (text, text), AT, text)


def told_together(text: str) -> Notice:
    """A digest of notices that hold `text` in every field."""
    return wording.digest(text, [_gist(text), _gist(f"{text}2")], "flood", AT)


def made_notice(text: str) -> Notice:
    """A notice made from an alert and a dossier that hold `text` wherever the world can put it."""
    match = replace(MATCH, name=text, registrable=text, matched=text, reason=text, term=text)
    fields = dict.fromkeys((*DOSSIER.fields, "cdn", "name", "registrant_name", text), text)
    finding = raw_notice(text).findings[0][0]
    told = replace(alert(match), brand=text, domain=text, findings=(finding, REGISTRANT))
    dossier = replace(DOSSIER, domain=text, fields=fields, unknown={"expires": text, text: text})
    return wording.notice(told, dossier, (Transition(AT, "opened", text),), text)


makers = st.sampled_from((made_notice, raw_notice, told_together))

LIVE = re.compile(r"://|(?<!\[)@(?!\])|\\\\|[^\W_]\.(?!\d)[^\W\d_]{2,}", re.IGNORECASE)
"""What a mail client or Slack makes a link or a mention of."""

STEERS = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
    r"|[\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Characters that move the cursor, turn the direction or cannot be seen; line feeds are allowed."""
