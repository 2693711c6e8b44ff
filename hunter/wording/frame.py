"""The parts of a message that every channel shows around a notice's own words."""

import re

from hunter.model import Finding, Level, Notice
from hunter.wording import english, english_health
from hunter.wording.cleaning import clean
from hunter.wording.health import KIND as HEALTH

_IN_NO_NAME = dict.fromkeys(map(ord, "/\\@:"))
_ATTACK = re.compile(r"attack\.([tgsc]\d{4}(?:\.\d{3})?)", re.IGNORECASE)


def level_of(notice: Notice) -> str:
    """The severity as a word."""
    return english.LEVELS[notice.severity]


def kind_of(notice: Notice) -> str:
    """What kind of news it is, as a word."""
    if notice.kind == HEALTH:
        return english_health.KIND
    return english.KINDS.get(notice.kind, english.KINDS["changed"])


def band(notice: Notice) -> str:
    """What the message is, in a line's half: "New · lookalike of en-marche[.]fr"."""
    if notice.kind == HEALTH:
        well = notice.severity == Level.INFORMATIONAL
        return english_health.BAND_OVER if well else english_health.BAND_TROUBLE
    sentence = english.BAND if notice.name_parts[1] else english.BAND_LINKED
    return sentence.format(kind=kind_of(notice), brand=notice.brand)


def name_parts(notice: Notice) -> tuple[str, str, str]:
    """The name in three. Each may be harmless alone and a link together: all dots are defanged."""
    before, matched, after = (
        part.translate(_IN_NO_NAME).replace("[.]", ".").replace(".", "[.]")
        for part in notice.name_parts
    )
    return before, matched, after


def summary(notice: Notice) -> str:
    """How sure and how grave, in one line: the rows for likeness and score."""
    labels = (english.LIKENESS_LABEL, english.SCORE_LABEL)
    told = (f"{row.label} {', '.join(row.values)}" for row in notice.facts if row.label in labels)
    return " · ".join(told)


def preview(notice: Notice) -> str:
    """What a phone shows beneath the subject: the news in one line."""
    return clean(" ".join(notice.news) or notice.headline, 200)


def footer(notice: Notice) -> str:
    """Who wrote this, when, and why names look as they do."""
    at = notice.at.strftime(english.AT)
    if notice.kind == HEALTH:
        return english_health.FOOTER.format(at=at)
    return english.FOOTER.format(brand=notice.brand, at=at)


def asides(finding: Finding) -> tuple[str, ...]:
    """What stands in small print beneath a rule: innocent readings, ATT&CK, references."""
    lines = [english.INNOCENT.format(reading=one) for one in finding.false_positives]
    tags = _attack_tags(finding)
    if tags:
        names_group = any(tag.startswith("G") for tag in tags)
        sentence = english.ATTACK_GROUP if names_group else english.ATTACK
        lines.append(sentence.format(tags=", ".join(tags)))
    if finding.references:
        lines.append(english.REFERENCES.format(references=", ".join(finding.references)))
    return tuple(lines)


def _attack_tags(finding: Finding) -> list[str]:
    """The MITRE ATT&CK identifiers among a rule's tags: T1583.001, G0007."""
    found = (_ATTACK.fullmatch(tag.replace("[.]", ".")) for tag in finding.tags)
    return [match[1].upper() for match in found if match]
