"""A notice as data, for programs: the same words as everywhere, under stable keys.

docs/notifiers.md, "webhook", documents every key.
"""

import base64
import re

from hunter import names
from hunter.errors import NotAName
from hunter.model import Finding, Json
from hunter.notice import Attachment, Gist, Notice, Row
from hunter.wording.cleaning import clean, scrub

SCHEMA = 2
"""Grows with every key that is added or changes its meaning."""

_TAG = re.compile(r"(?:attack|car|cve|d3fend|detection|stp|tlp)\.[a-z0-9_.-]+")
"""In the namespaces that the Sigma specification has for tags."""


def data(notice: Notice) -> dict[str, Json]:
    """The notice; what programs look up is as it is, everything else clean and defanged."""
    key, thread = clean(notice.key), clean(notice.thread)
    files = [_attached(file) for file in notice.attachments]
    notice = scrub(notice)
    before, matched, after = notice.name_parts
    return {
        "schema": SCHEMA,
        "key": key,
        "thread": thread,
        "kind": notice.kind,
        "severity": str(notice.severity),
        "brand": live(notice.brand),
        "domain": live(notice.domain),
        "at": notice.at.isoformat(),
        "subject": notice.subject,
        "headline": notice.headline,
        "name": {"before": before, "matched": matched, "after": after},
        "news": list(notice.news),
        "findings": [_finding(finding, evidence) for finding, evidence in notice.findings],
        "facts": [_row(row) for row in notice.facts],
        "unknowns": [_row(row) for row in notice.unknowns],
        "next_steps": list(notice.next_steps),
        "caveat": notice.caveat,
        "state": notice.state,
        "language": notice.language,
        "remark": notice.remark,
        "items": [_item(gist) for group in notice.groups for gist in group.gists],
        "attachments": list(files),
    }


def live(defanged: str) -> str:
    """The domain behind a defanged one; what is none stays as it is."""
    try:
        return names.to_ascii(defanged.replace("[.]", "."))
    except NotAName:
        return defanged


def _live_tag(defanged: str) -> str:
    """A tag of Sigma's own as SIEMs look it up; what is none stays as it is."""
    tag = defanged.replace("[.]", ".")
    return tag if _TAG.fullmatch(tag) else defanged


def _finding(finding: Finding, evidence: tuple[str, ...]) -> Json:
    return {
        "rule": finding.rule_id,
        "title": finding.title,
        "level": str(finding.level),
        "score": finding.score,
        "wording": finding.wording,
        "evidence": list(evidence),
        "tags": list(map(_live_tag, finding.tags)),
        "references": list(finding.references),
        "innocent_readings": list(finding.false_positives),
        "related": list(finding.related),
    }


def _item(gist: Gist) -> Json:
    return {
        "key": gist.key,
        "kind": gist.kind,
        "severity": str(gist.severity),
        "brand": live(gist.brand),
        "domain": live(gist.domain),
        "technique": gist.pattern,
        "news": list(gist.news),
        "at": gist.at.isoformat(),
    }


def _attached(file: Attachment) -> Json:
    content = base64.b64encode(file.content).decode()
    return {"name": clean(file.name), "media": file.media, "content": content}


def _row(row: Row) -> Json:
    return {"label": row.label, "values": list(row.values), "note": row.note}
