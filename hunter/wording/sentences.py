"""One sentence for each thing that can happen to a lookalike, and for what imitates what."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from unicodedata import combining, normalize

from hunter import names
from hunter.model import (
    AlertState,
    Finding,
    Level,
    Match,
    Stage,
    Track,
    Value,
    hundredths,
)
from hunter.wording import declared, french_reasons, french_rules, french_values
from hunter.wording.catalogue import spoken, words
from hunter.wording.cleaning import LIMIT, clean, harmless
from hunter.wording.moments import day, moment

_MAX_VALUE = 160
_MAX_NAME = 253
_MAX_DEFANGED = 3 * _MAX_NAME
_MAX_VALUES = 8
_NAMED = 12
_DATE = re.compile(r"((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?:[T ].*)?")
_HOST_FIELDS = frozenset(("ns", "mx"))
_TRACK = "track:"
_STORED_IN_ENGLISH = frozenset(("neighbours_evidence",))


def sentence_for_opening(match: Match) -> str:
    """That a lookalike, or a domain linked to one, showed itself for the first time."""
    sentence = words.OPENED_LINKED if match.is_linked else words.OPENED
    brand = shown_in_letters(match.brand)
    return sentence.format(name=shown_name(match.registrable), of_brand=of(brand))


def sentence_for_reopening(state: AlertState) -> str:
    """That an alert is new again, although a person had dismissed or closed it."""
    return words.REOPENED.format(state=words.STATES[state])


def sentence_for_reregistration(state: AlertState, registered: datetime) -> str:
    """That it is new again, for it may be another's since a person decided."""
    return words.REREGISTERED.format(state=words.STATES[state], day=day(registered))


def sentence_for_silence(until: datetime, why: str) -> str:
    """For how long a dismissal is to hold, and what a person said of it."""
    sentence = words.SILENT_UNTIL_WHY if why else words.SILENT_UNTIL
    return sentence.format(moment=moment(until), why=why)


def sentence_for_waking(dismissed: datetime) -> str:
    """That it is new again, for it was dismissed for a time alone."""
    return words.WOKEN.format(day=day(dismissed))


def sentence_for_latecomer(state: AlertState, host: str) -> str:
    """That it is new again for a host that was not there when a person decided."""
    return words.LATECOMER.format(state=words.STATES[state], host=shown_name(host))


def sentence_for_severity(before: Level, after: Level) -> str:
    """That an alert's severity went up or down."""
    sentence = words.RAISED if after > before else words.LOWERED
    return sentence.format(before=words.LEVELS[before], after=words.LEVELS[after])


def sentence_for_finding(finding: Finding) -> str:
    """That a rule fires which did not fire before."""
    level, title = words.LEVELS[finding.level], harmless(in_other_words(finding).title)
    return words.NEW_FINDING.format(title=title, level=level)


def in_other_words(finding: Finding) -> Finding:
    """A rule that comes with hunter speaks French too; others speak as their authors wrote them."""
    known = french_rules.RULES.get(finding.rule_id) if spoken() == "fr" else None
    return finding if known is None else replace(finding, **known.as_finding())


def sentence_for_stage(before: Stage, after: Stage) -> str:
    """That a domain climbed the ladder, or fell back on it."""
    if after < before and after is not Stage.UNREGISTERED:
        return words.FELL_BACK.format(
            before=words.STAGE_NAMES[before], after=words.STAGE_NAMES[after]
        )
    return words.STAGES[after]


def sentence_for_change(
    field: str,
    before: tuple[Value, ...],
    after: tuple[Value, ...],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> str:
    """That a fact changed; it was last as before at `since`, and as after first at `until`."""
    when = _when(since, until)
    switched = _switched(field, before, after)
    if switched:
        return switched.format(when=when)
    old, new = _told_apart(field, before, after)
    label = label_of(field)
    if not before:
        return words.APPEARED.format(label=label, after=new, when=when)
    if not after:
        return words.VANISHED.format(label=label, before=old, when=when)
    return words.CHANGED.format(label=label, before=old, after=new, when=when)


def sentence_for_leaving(parkers: Sequence[str], addresses: Sequence[str]) -> str:
    """That it stands elsewhere than where a registrar or a site builder has everybody's names."""
    shown = values_in_words("a", addresses)
    return words.LEFT_PARKING.format(parkers=listed(parkers), addresses=listed(shown))


def sentence_for_last(change: Callable[[], str]) -> str:
    """A change, and that the next ones are not told."""
    return f"{change()} {words.LAST_CHANGE}"


def _switched(field: str, before: tuple[Value, ...], after: tuple[Value, ...]) -> str:
    if len(after) != 1 or not isinstance(after[0], bool) or before == after:
        return ""
    return words.SWITCHED.get((field, after[0]), "")


def _when(since: datetime | None, until: datetime | None) -> str:
    if since and until and since.date() == until.date():
        return words.ON.format(day=day(until))
    if since and until:
        return words.BETWEEN.format(since=day(since), until=day(until))
    if since:
        return words.SINCE.format(since=day(since))
    return words.BY.format(until=day(until)) if until else ""


def _told_apart(field: str, before: tuple[Value, ...], after: tuple[Value, ...]) -> tuple[str, str]:
    """Both values, by their registrable domain where that is enough to tell hosts apart."""
    old, new = (_briefly(field, values) for values in (before, after))
    if set(old) == set(new) or not (before and after):
        old, new = before, after
    return listed(values_in_words(field, old)), listed(values_in_words(field, new))


def _briefly(field: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
    if field not in _HOST_FIELDS:
        return values
    return tuple(dict.fromkeys(names.registrable_or_same(str(value)) for value in values))


def sentence_for_track(track: Track) -> str:
    """Why a domain that resembles no brand is looked at: what it shares, and with which one."""
    sentence = words.TRACKED if track.because else words.TRACKED_BY_HAND
    if track.field == "string":
        sentence = words.TRACKED_STRING
    label = words.TRACKED_FIELDS.get(track.field)
    return sentence.format(
        label=label or words.TRACKED_OTHER.format(label=label_within(track.field)),
        value=value_in_words(track.field, track.value),
        because=shown_name(track.because),
        brand=shown_in_letters(track.brand),
    )


def disguises() -> dict[str, str]:
    """Technique → how the brand is disguised then."""
    return {**declared.disguises(spoken()), **words.TECHNIQUES}


def name_and_unicode(name: str, unicode: str) -> str:
    """The name, and what browsers may show in its place where that is something else."""
    name, unicode = shown_name(name), shown_name(unicode)
    if not unicode or unicode == name:
        return name
    return words.SHOWN_AS.format(name=name, unicode=unicode)


def cut(match: Match) -> tuple[str, str, str]:
    """The name as it came, cut in three: before the matched span, the span, after it."""
    start = min(max(match.span[0], 0), len(match.name))
    end = min(max(match.span[1], start), len(match.name))
    return match.name[:start], match.name[start:end], match.name[end:]


def shown_name(name: str) -> str:
    """A domain name for people: clean, bounded and defanged."""
    line = clean(name, _MAX_NAME)
    return harmless(line if "[.]" in line else names.defang(line), _MAX_DEFANGED)


def shown_in_letters(name: str) -> str:
    """A domain name as its own people write it: an international one in its letters."""
    return shown_name(names.to_unicode(name))


def of(name: str) -> str:
    """`of en-marche[.]fr`; what goes before a vowel may be another word, as in French."""
    sentence = words.OF_ELIDED if words.ELIDED.match(_without_accents(name.lower())) else words.OF
    return sentence.format(name=name)


def _without_accents(text: str) -> str:
    return "".join(one for one in normalize("NFD", text) if not combining(one))


def label_of(field: str) -> str:
    """What people call a field; one that nobody named yet reads as its words."""
    named = words.FIELDS.get(field) or declared.labels(spoken()).get(field)
    if not named and spoken() == "fr":
        named = french_values.FIELDS.get(field)
    return named or clean(field.replace("_", " "), 60).capitalize()


def label_within(field: str) -> str:
    """The same within a sentence: `règle DMARC`, `IPv4 addresses`."""
    label = label_of(field)
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def values_in_words(field: str, values: Iterable[Value]) -> tuple[str, ...]:
    """Each value as people read it, the first few of them and how many more there are."""
    told = list(dict.fromkeys(value_in_words(field, value) for value in values))
    if len(told) > _MAX_VALUES:
        more = words.MORE.format(count=len(told) - _MAX_VALUES)
        return (*told[:_MAX_VALUES], more)
    return tuple(told)


def value_in_words(field: str, value: Value) -> str:
    """One value as people read it: dates as dates, yes and no, names defanged."""
    if isinstance(value, bool):
        return words.YES if value else words.NO
    if isinstance(value, float):
        number = hundredths(value) if field == "confidence" else f"{value:g}"
        return number.replace(".", words.DECIMAL_MARK)
    text = str(value) if spoken() == "en" else _in_french(field, str(value))
    if field == "track":
        shared, _, what = text.partition("=")
        return f"{label_of(shared)} {harmless(what, _MAX_VALUE)}"
    if (field in words.DAY_FIELDS or field in declared.days()) and (told := _as_day(text)):
        return told
    if text.isdecimal():
        return words.PREFIXES.get(field, "") + text[:_MAX_VALUE]
    return harmless(text, _MAX_VALUE) or words.UNPRINTABLE


def _as_day(text: str) -> str:
    """The day that digits mean; empty for what is in no calendar."""
    found = _DATE.fullmatch(text)
    try:
        return day(date(*map(int, found.groups()))) if found else ""
    except ValueError:
        return ""


def _in_french(field: str, value: str) -> str:
    """A value that is a word of hunter's own; any other stays as it is."""
    if field == "technique":
        return technique_in_words(value)
    if field == "unknown":
        return label_of(value)
    if field == "source" and value.startswith(_TRACK):
        return f"surveillance ({value_in_words('track', value.removeprefix(_TRACK))})"
    if field == "ioc_listing":
        return french_reasons.listing_in_french(value)
    if field in _STORED_IN_ENGLISH:
        return french_reasons.in_french(value)
    return french_values.VALUES.get(field, {}).get(value, value)


def techniques() -> frozenset[str]:
    """The names of all ways to imitate, as rules and searches ask for them."""
    return frozenset({**disguises(), **french_values.TECHNIQUES})


def technique_in_words(technique: str) -> str:
    """How it imitates; in English by the names that rules and searches ask for."""
    if spoken() == "en":
        return harmless(technique)
    known = {**disguises(), **french_values.TECHNIQUES}
    return listed([known.get(one, harmless(one)) for one in technique.split("+")])


def reason_in_words(why: str, limit: int = LIMIT) -> str:
    """Why something is not known, or does not work; others' own words stay as they are."""
    told = why if spoken() == "en" else french_reasons.in_french(clean(why, limit))
    return harmless(told, limit)


def listed(items: Sequence[str]) -> str:
    """`a, b and c`; "none" for nothing."""
    if not items:
        return words.NONE
    if len(items) == 1 or items[-1].startswith(words.AND.strip() + " "):
        return ", ".join(items)
    return ", ".join(items[:-1]) + words.AND + items[-1]


def named(domains: Sequence[str]) -> str:
    """The first dozen of them, and how many more there are."""
    shown = [shown_name(domain) for domain in domains[:_NAMED]]
    if len(domains) > _NAMED:
        shown.append(words.MORE.format(count=len(domains) - _NAMED))
    return listed(shown)
