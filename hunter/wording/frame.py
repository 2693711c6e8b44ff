"""The parts of a message that every channel shows around a notice's own words."""

import re
from collections.abc import Iterable
from dataclasses import replace

from hunter.model import AlertState, Finding, Level
from hunter.names import refang, to_unicode
from hunter.notice import Gist, Group, Notice
from hunter.wording import moments
from hunter.wording.catalogue import health_words, in_its_language, words
from hunter.wording.cleaning import clean
from hunter.wording.health import KIND as HEALTH
from hunter.wording.health import TRIAL
from hunter.wording.sentences import name_and_unicode, of, shown_in_letters

_IN_NO_NAME = dict.fromkeys(map(ord, "/\\@:"))
_STATES = {state.value: state for state in AlertState}
_ATTACK = re.compile(r"attack\.([tgsc]\d{4}(?:\.\d{3})?)", re.IGNORECASE)


def level_of(notice: Notice) -> str:
    """The severity as a word."""
    return words.LEVELS[notice.severity]


def kind_of(notice: Notice) -> str:
    """What kind of news it is, as a word."""
    if notice.kind in (HEALTH, TRIAL):
        return health_words.KIND
    return words.KINDS.get(notice.kind, words.KINDS["changed"])


def band(notice: Notice) -> str:
    """What the message is, in a line's half: "New · lookalike of en-marche[.]fr"."""
    if notice.groups:
        return words.DIGEST_BAND.format(of_brand=of(brands_of(notice.brand)))
    if notice.kind == TRIAL:
        return health_words.BAND_TRIAL
    if notice.kind == HEALTH:
        well = notice.severity == Level.INFORMATIONAL
        return health_words.BAND_OVER if well else health_words.BAND_TROUBLE
    sentence = words.BAND if notice.name_parts[1] else words.BAND_LINKED
    told = sentence.format(kind=kind_of(notice), of_brand=of(brands_of(notice.brand)))
    return told + _state_of(notice)


def _state_of(told: Notice | Gist) -> str:
    """Where triage stands, where it is not what the news says already."""
    state = _STATES.get(told.state)
    if state is None or told.state in (AlertState.NEW, told.kind):
        return ""
    return f" · {words.STATE.format(state=words.STATES[state])}"


def brands_of(defanged: str) -> str:
    """A notice's brand as its own people write it; of several, that there are several."""
    return shown_in_letters(defanged.replace("[.]", ".")) if defanged else words.BRANDS_MANY


def name_parts(notice: Notice) -> tuple[str, str, str]:
    """The name in three. Each may be harmless alone and a link together: all dots are defanged."""
    before, matched, after = (
        part.translate(_IN_NO_NAME).replace("[.]", ".").replace(".", "[.]")
        for part in notice.name_parts
    )
    return before, matched, after


def summary(notice: Notice) -> str:
    """How sure and how grave, in one line: the rows for likeness and score."""
    labels = (words.LIKENESS_LABEL, words.SCORE_LABEL)
    rows = (row for row in notice.facts if row.label in labels)
    return " · ".join(
        words.EVIDENCE.format(label=row.label, value=", ".join(row.values)) for row in rows
    )


def preview(notice: Notice) -> str:
    """What a phone shows beneath the subject: the news in one line."""
    return clean(" ".join(notice.news) or notice.headline, 200)


@in_its_language
def in_a_line(notice: Notice) -> str:
    """The subject, and behind it the news."""
    return words.EVIDENCE.format(label=notice.subject, value=preview(notice))


def footer(notice: Notice) -> str:
    """Who wrote this, when, and why names look as they do."""
    at = moments.moment(notice.at)
    if notice.kind == TRIAL:
        return health_words.FOOTER_TRIAL.format(at=at)
    if notice.kind == HEALTH:
        return health_words.FOOTER.format(at=at)
    return words.FOOTER.format(of_brand=of(brands_of(notice.brand)), at=at)


def worth(finding: Finding) -> str:
    """How grave a rule is, how many points it gives, and what that is worth as a sign."""
    sign = next(said for least, said in words.SIGNS if finding.score >= least or not least)
    sentence = words.POINT if finding.score in words.SINGULAR else words.POINTS
    return sentence.format(level=words.LEVELS[finding.level], points=finding.score, sign=sign)


def gist_line(gist: Gist) -> str:
    """One notice of a digest in a line: how grave, what, and what is new."""
    level = words.LEVELS[gist.severity]
    # The sentence of an opening would say the name and the group's title once more.
    is_new = gist.kind == "opened"
    told = words.KINDS["opened"].lower() if is_new else " ".join(gist.news)
    name = refang(gist.domain)
    shown = name_and_unicode(name, to_unicode(name))
    line = words.GIST.format(domain=shown, level=level, told=told).rstrip(": ") + _state_of(gist)
    return words.GIST_WHY.format(gist=line, why=gist.why) if is_new and gist.why else line


def unbroken(text: str) -> str:
    """The text with spaces that do not break where the language wants none to."""
    return words.KEPT_TOGETHER.sub("\N{NO-BREAK SPACE}", text)


def more_line(group: Group) -> str:
    """How many more a group of a digest stands for; empty when it shows all."""
    return words.DIGEST_MORE.format(count=group.more) if group.more else ""


def told_once(notice: Notice) -> Notice:
    """Without the references of a rule that stand beneath one before it: most have the same."""
    known: set[str] = set()
    findings = []
    for finding, evidence in notice.findings:
        fresh = tuple(one for one in finding.references if one not in known)
        known.update(fresh)
        findings.append((replace(finding, references=fresh), evidence))
    return replace(notice, findings=tuple(findings))


def asides(finding: Finding) -> tuple[str, ...]:
    """What stands in small print beneath a rule: innocent readings, ATT&CK, references."""
    lines = [words.INNOCENT.format(reading=one) for one in finding.false_positives]
    tags = attack_ids(finding.tags)
    if tags:
        names_group = any(tag.startswith("G") for tag in tags)
        sentence = words.ATTACK_GROUP if names_group else words.ATTACK
        lines.append(sentence.format(tags=", ".join(tags)))
    if finding.references:
        lines.append(words.REFERENCES.format(references=", ".join(finding.references)))
    return tuple(lines)


def attack_ids(tags: Iterable[str]) -> list[str]:
    """The MITRE ATT&CK identifiers among rules' tags: T1583.001, G0007."""
    found = (_ATTACK.fullmatch(tag.replace("[.]", ".")) for tag in tags)
    return [match[1].upper() for match in found if match]
