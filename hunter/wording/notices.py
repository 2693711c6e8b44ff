"""Everything one person is to be told about one alert, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hunter.model import DONE, REOPENED, Alert, AlertState, Dossier, Finding, Transition
from hunter.notice import Notice
from hunter.wording.catalogue import speaking, spoken, words
from hunter.wording.cleaning import clean, harmless
from hunter.wording.facts import rows, unknowns, values_of
from hunter.wording.likeness import sentence_for_match
from hunter.wording.moments import day
from hunter.wording.sentences import (
    cut,
    in_other_words,
    label_of,
    listed,
    of,
    shown_in_letters,
    shown_name,
    value_in_words,
)
from hunter.wording.steps import brand_kind, next_steps

_MAX_FINDINGS = 12
_MAX_EVIDENCE = 12
_MAX_NEWS = 20
_MAX_LISTED = 12
_MAX_WORDING = 600
_MAX_KEY = 500
_ACTOR_TAG = "attack.g"
_MAX_PATTERN = 80
_HUNTER = "hunter"
_GRAVEST = ("opened", REOPENED, "raised", "changed", *AlertState)
_STATES = {state.value: state for state in AlertState} | {REOPENED: AlertState.NEW}


def notice(
    alert: Alert, dossier: Dossier, news: Sequence[Transition], key: str, language: str = "en"
) -> Notice:
    """What to tell about `alert`; `news` is what happened since the last notice.

    All of it is plain text, clean and defanged; the evidence inside the findings stays raw data.
    """
    with speaking(language):
        return _notice(alert, dossier, news, key, kind_of(news))


def headline(alert: Alert, dossier: Dossier) -> str:
    """What imitates what and how, in one sentence of the language that is spoken."""
    return sentence_for_match(alert.match, brand_kind(dossier), _tracks(dossier))


def account(alert: Alert, dossier: Dossier) -> Iterator[str]:
    """What a headline leaves out, a line each: findings, what is unknown, how sure it is."""
    for finding in map(in_other_words, alert.gravest_first[:_MAX_FINDINGS]):
        title, evidence = harmless(finding.title), "; ".join(_evidence(finding))
        yield f"{title}: {evidence}" if evidence else title
    for row in unknowns(dossier):
        yield f"{row.label}: {', '.join(row.values)}"
    yield _caveat(alert)


def as_it_stands(alert: Alert, dossier: Dossier, key: str, language: str = "en") -> Notice:
    """The whole life of `alert`, headed by what happened last.

    What is done with stays so, whatever its log goes on to say.
    """
    kind = alert.state if alert.state in DONE else kind_of(alert.transitions[-1:])
    with speaking(language):
        return _notice(alert, dossier, alert.transitions, key, kind)


def _notice(
    alert: Alert, dossier: Dossier, news: Sequence[Transition], key: str, kind: str
) -> Notice:
    brand, domain = shown_in_letters(alert.brand), shown_name(alert.domain)
    return Notice(
        key=clean(key, _MAX_KEY),
        thread=clean(f"{alert.brand}/{alert.domain}", _MAX_KEY),
        kind=kind,
        severity=alert.severity,
        brand=shown_name(alert.brand),
        domain=domain,
        subject=_subject(alert, domain, brand),
        headline=headline(alert, dossier),
        name_parts=_name_parts(alert),
        news=tuple(_news(news, dossier)),
        findings=tuple(_told(finding) for finding in alert.gravest_first[:_MAX_FINDINGS]),
        facts=rows(alert, dossier),
        unknowns=unknowns(dossier),
        next_steps=next_steps(alert, dossier, kind),
        caveat=_caveat(alert),
        at=dossier.at,
        language=spoken(),
        pattern=clean(alert.match.technique, _MAX_PATTERN),
        state=alert.state,
    )


def _tracks(dossier: Dossier) -> tuple[str, ...]:
    return tuple(map(str, values_of(dossier, "track")))


def _caveat(alert: Alert) -> str:
    sentence = words.CAVEAT_LINKED if alert.match.is_linked else words.CAVEAT
    brand = shown_in_letters(alert.brand)
    return sentence.format(brand=brand, of_brand=of(brand))


def kind_of(news: Sequence[Transition]) -> str:
    """opened, reopened, raised, changed, or a state of triage: the gravest of what happened."""
    kinds = {transition.kind for transition in news}
    return next((kind for kind in _GRAVEST if kind in kinds), "changed")


def _subject(alert: Alert, domain: str, brand: str) -> str:
    # Nothing but the severity varies: some mail clients thread by the subject too.
    sentence = words.SUBJECT_LINKED if alert.match.is_linked else words.SUBJECT
    level = words.LEVELS[alert.severity].upper()
    return sentence.format(level=level, domain=domain, brand=brand, of_brand=of(brand))


def _name_parts(alert: Alert) -> tuple[str, str, str]:
    before, matched, after = (shown_name(part) for part in cut(alert.match))
    if not (before or matched or after):
        return words.UNPRINTABLE, "", ""
    return before, matched, after


def _news(news: Sequence[Transition], dossier: Dossier) -> Iterator[str]:
    """The newest when there are many; with the day of what did not happen today."""
    for transition in news[-_MAX_NEWS:]:
        text = _said(transition)
        if transition.at.date() == dossier.at.date():
            yield text
        else:
            yield words.DATED_NEWS.format(day=day(transition.at), text=text)


def _said(transition: Transition) -> str:
    """What hunter says, in the language spoken; what a person said, as they said it, and who."""
    own = transition.told_in(spoken())
    state = _STATES.get(transition.kind)
    if state is None or transition.actor == _HUNTER:
        return harmless(own, _MAX_WORDING)
    if transition.kind == REOPENED:
        sentence = words.SAID_REOPENED_WHY if own else words.SAID_REOPENED
    else:
        sentence = words.SAID_WHY if own else words.SAID
    why, actor = harmless(own, _MAX_WORDING), harmless(transition.actor)
    return sentence.format(actor=actor, state=words.STATES[state], why=why)


def _told(finding: Finding) -> tuple[Finding, tuple[str, ...]]:
    finding = in_other_words(finding)
    told = replace(
        finding,
        rule_id=harmless(finding.rule_id),
        title=harmless(finding.title),
        wording=_hedged(finding),
        tags=tuple(harmless(one) for one in finding.tags[:_MAX_LISTED]),
        references=tuple(harmless(one) for one in finding.references[:_MAX_LISTED]),
        false_positives=tuple(harmless(one) for one in finding.false_positives[:_MAX_LISTED]),
        related=_related(finding),
    )
    return told, tuple(_evidence(finding))


def _related(finding: Finding) -> tuple[str, ...]:
    return tuple(shown_name(one) for one in finding.related[:_MAX_LISTED])


def _hedged(finding: Finding) -> str:
    """The rule's own sentence; one that names an actor without a hedge is given one."""
    text = harmless(finding.wording, _MAX_WORDING)
    names_actor = any(tag.startswith(_ACTOR_TAG) for tag in finding.tags)
    hedged = any(hedge in text.lower() for hedge in words.HEDGES)
    return f"{text} {words.HEDGE}" if text and names_actor and not hedged else text


def _evidence(finding: Finding) -> Iterator[str]:
    labelled: dict[str, list[str]] = {}
    telling = finding.evidence
    for field in words.BESIDE_OTHERS:
        telling = tuple(one for one in telling if one.field != field) or telling
    for one in telling[:_MAX_EVIDENCE]:
        told = value_in_words(one.field, one.value)
        labelled.setdefault(label_of(one.field), []).append(told)
    for label, values in labelled.items():
        yield words.EVIDENCE.format(label=label, value=listed(values))
    if related := _related(finding):
        yield words.RELATED.format(domains=listed(related))
