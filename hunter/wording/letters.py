"""The letters of a takedown packet: what is claimed, what is not, what was seen, what is asked.

`letters_english` and `letters_french` hold the same words; each letter is 78 columns of plain text,
defanged, and ends in what a person must fill in.
"""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import ModuleType

from hunter.model import TOLD_BY, Alert, Dossier, PastFact, Value
from hunter.wording import letters_english, letters_french, moments
from hunter.wording.catalogue import speaking
from hunter.wording.cleaning import harmless
from hunter.wording.facts import leads_home, values_of
from hunter.wording.frame import unbroken
from hunter.wording.sentences import (
    reason_in_words,
    shown_in_letters,
    shown_name,
    value_in_words,
)

LANGUAGES: Mapping[str, ModuleType] = {"en": letters_english, "fr": letters_french}

_WIDTH = 78
_MAX_SEEN = 40
_COUNTRY = 2
_HOSTS = frozenset(("host", "cdn", "platform"))
_MAX_LISTED = 8


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter is for: `role` is registrar, host, cdn, platform or registry.

    `contact` is a mailbox or an address on the web, empty when it is not known.
    """

    role: str
    name: str = ""
    contact: str = ""
    place: str = ""
    """For whoever hosts it: the addresses in their network."""
    ways: Mapping[str, str] = field(default_factory=dict)
    """A registry's own procedures: report, disclosure, dispute."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a letter is about."""

    alert: Alert
    dossier: Dossier
    history: tuple[PastFact, ...]
    first_seen: datetime
    suffix: str
    hosts: tuple[str, ...] = ()
    """Those that imitate, where the domain itself does not."""


def letter(to: Addressee, matter: Matter, language: str) -> str:
    """One letter, ready but for what stands in brackets and capitals."""
    with speaking(language):
        return _letter(to, matter, LANGUAGES[language])


def _letter(to: Addressee, matter: Matter, words: ModuleType) -> str:
    blocks = [
        unbroken("\n".join(_head(to, matter, words))),
        words.GREETING,
        _wrapped(words.OPENING[to.role].format(**_names(matter), place=harmless(to.place))),
        "\n".join(f"    {one}" for one in _first_of(map(shown_name, _reported(matter)), words)),
        _wrapped(words.BRACKETS),
        _section(words.CLAIMS, _bullets(_claims(matter, words))),
        _section(words.LIMITS, [_wrapped(words.LIMITS_TEXT)]),
        _section(words.SEEN, _bullets(_seen(matter, words))),
        _section(words.UNKNOWN, _bullets(_unknown(matter, words))),
        _section(words.ASKS, _numbered(_asks(to, matter, words))),
        _wrapped(_rule(to, matter, words)),
        _wrapped(words.GOOD_FAITH),
        _wrapped(words.ATTACHED) + "\n" + _wrapped(words.MORE_EVIDENCE),
        f"{words.REGARDS}\n{words.SIGNED}",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def readme(to: Sequence[Addressee], matter: Matter, language: str) -> str:
    """The page that says what to do with the packet."""
    with speaking(language):
        return _readme(to, matter, LANGUAGES[language])


def _readme(to: Sequence[Addressee], matter: Matter, words: ModuleType) -> str:
    names = _names(matter)
    lines = [
        words.ADDRESSEE.format(name=_name(one, matter, words), contact=_contact(one, matter, words))
        for one in to
    ]
    if not {one.role for one in to} & _HOSTS:
        lines.append(words.NO_HOST)
    ways = [way.format(**one.ways) for one in to if one.ways for way in words.WAYS]
    blocks = [
        words.README_TITLE.format(**names),
        _wrapped(words.README_WRITTEN.format(at=f"{_moment(matter.dossier.at)} UTC")),
        "\n".join(_numbered(step.format(**names) for step in words.README_STEPS)),
        _wrapped(words.README_HOSTS.format(**names)) if matter.hosts else "",
        _wrapped(words.README_LINKED.format(**names)) if matter.alert.is_mere_link else "",
        _section(words.README_TO, _bullets(lines)),
        _section(words.README_WAYS, _bullets(ways)),
        *(_wrapped(text) for text in words.README_FILES),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def is_active(matter: Matter) -> bool:
    """Whether abuse was seen, or a person said so; without it no more is asked than a look."""
    fields = matter.dossier.fields
    seen = fields.get("page_password") is True or "page_form_domain" in fields
    return (seen and not leads_home(matter.dossier)) or matter.alert.is_confirmed


def _head(to: Addressee, matter: Matter, words: ModuleType) -> Iterator[str]:
    yield _wrapped(words.TO.format(name=_name(to, matter, words)))
    if to.contact:
        yield words.AT.format(contact=to.contact)
    else:
        yield _wrapped(words.AT_UNKNOWN.format(hint=_hint(to, matter, words)))
    yield _wrapped(words.FROM)
    yield words.DATE.format(at=f"{_moment(matter.dossier.at)} UTC")
    subject = words.SUBJECT_LINKED if matter.alert.match.is_linked else words.SUBJECT
    about = _names(matter) | {"domain": shown_name(_reported(matter)[0])}
    yield words.SUBJECT_LINE.format(subject=subject.format(**about))


def _reported(matter: Matter) -> tuple[str, ...]:
    return matter.hosts or (matter.alert.domain,)


def _names(matter: Matter) -> dict[str, str]:
    return {
        "domain": shown_name(matter.alert.domain),
        "brand": shown_in_letters(matter.alert.brand),
        "suffix": harmless(matter.suffix),
    }


def _name(to: Addressee, matter: Matter, words: ModuleType) -> str:
    role = words.NAMES[to.role].format(**_names(matter))
    known = words.NAME_KNOWN.format(name=harmless(to.name), role=role)
    return str(known if to.name else words.NAME_UNKNOWN.format(role=role))


def _contact(to: Addressee, matter: Matter, words: ModuleType) -> str:
    return to.contact or str(words.CONTACT_UNKNOWN.format(hint=_hint(to, matter, words)))


def _hint(to: Addressee, matter: Matter, words: ModuleType) -> str:
    address = to.place.split(", ")[0] or "ADDRESS"
    return str(words.HINTS[to.role].format(address=address, suffix=matter.suffix))


def _claims(matter: Matter, words: ModuleType) -> Iterator[str]:
    names = _names(matter)
    yield _likeness(matter, words)
    shown = shown_in_letters(matter.alert.domain)
    if shown != names["domain"]:
        yield words.SHOWN_AS.format(shown=shown)
    yield words.NOT_OURS.format(**names)
    fields = matter.dossier.fields
    if fields.get("has_mx") is True:
        yield words.HAS_MAIL
    if not leads_home(matter.dossier):
        met = tuple(_page(matter.dossier, words))
        yield from (*met, *_away(matter, words)) if met else ()
    listings = values_of(matter.dossier, "ioc_listing")
    if listings:
        yield words.LISTED.format(lists=_listed(map(_listing, listings), words))
    related = sorted({one for finding in matter.alert.findings for one in finding.related})
    if related:
        yield words.TOGETHER.format(domains=_listed(map(shown_name, related), words))
    if matter.alert.is_confirmed:
        yield words.CONFIRMED


def _page(dossier: Dossier, words: ModuleType) -> Iterator[str]:
    """What is met there; behind a redirect it may be the page of somebody who knows nothing."""
    fields, place = dossier.fields, values_of(dossier, "page_final_domain")
    if place:
        yield words.LEADS_ON.format(places=_listed(map(_plain, place), words))
    if fields.get("page_password") is True:
        yield words.WANTS_PASSWORDS_THERE if place else words.WANTS_PASSWORDS
    elsewhere = values_of(dossier, "page_form_domain")
    if elsewhere:
        yield words.SENDS_ELSEWHERE.format(domains=_listed(map(_plain, elsewhere), words))
    alike, page = fields.get("page_similarity"), fields.get("page_similar_to")
    if isinstance(alike, int) and isinstance(page, str):
        yield words.COPIES.format(page=harmless(page), number=alike)


def _away(matter: Matter, words: ModuleType) -> Iterator[str]:
    """That the page was not to be had any more at the last look: whoever reads of it looks, too."""
    visits = [fact for fact in matter.history if fact.field == "page_status"]
    met = max((fact.last_seen for fact in visits if fact.value is not None), default=None)
    for fact in visits:
        if fact.value is None and fact.ended_at is None and met and fact.last_seen > met:
            yield words.PAGE_AWAY.format(at=_moment(met), why=reason_in_words(fact.unknown))


def _likeness(matter: Matter, words: ModuleType) -> str:
    match = matter.alert.match
    if match.is_linked:
        return str(words.LINKED.format(**_names(matter)))
    plain = not match.term or match.term == match.matched
    sentence = words.LIKENESS_WHOLE if plain else words.LIKENESS
    told = {"matched": harmless(match.matched), "term": harmless(match.term)}
    return str(sentence.format(**told, **_names(matter)))


def _rule(to: Addressee, matter: Matter, words: ModuleType) -> str:
    """The rule that asks for an answer; ICANN's binds no registrar for a country's ending."""
    of_a_country = len(matter.suffix) == _COUNTRY or matter.suffix.startswith("xn--")
    return "" if to.role == "registrar" and of_a_country else str(words.RULES.get(to.role, ""))


def _seen(matter: Matter, words: ModuleType) -> Iterator[str]:
    yield words.FIRST_SEEN.format(at=_moment(matter.first_seen))
    found = _by_value(matter, list(words.LABELS))
    for facts in found[:_MAX_SEEN]:
        ends = [fact.ended_at for fact in facts]
        told = {
            "label": words.LABELS[facts[0].field],
            "value": _value(facts[0], matter, words),
            "provider": _listed(sorted({_provider(fact.provider, words) for fact in facts}), words),
            "first": _moment(min(fact.first_seen for fact in facts)),
            "last": _moment(max(fact.last_seen for fact in facts)),
        }
        if None in ends:
            yield words.SEEN_LINE.format(**told)
        else:
            yield words.SEEN_ENDED.format(**told, ended=_moment(max(filter(None, ends))))
    if len(found) > _MAX_SEEN:
        yield words.MORE.format(count=len(found) - _MAX_SEEN)


def _by_value(matter: Matter, order: Sequence[str]) -> list[list[PastFact]]:
    """The known facts that a letter tells, those of several providers together, in its order."""
    found: dict[tuple[int, str, str], list[PastFact]] = {}
    for fact in sorted(matter.history, key=lambda fact: fact.first_seen):
        if fact.field in order and fact.value is not None and not _taken_back(fact):
            key = (order.index(fact.field), fact.subject, str(fact.value))
            found.setdefault(key, []).append(fact)
    return [found[key] for key in sorted(found, key=lambda key: (key[0], found[key][0].first_seen))]


def _taken_back(fact: PastFact) -> bool:
    """Whether it is the word of somebody who no longer stands by it: nobody saw it end."""
    return fact.provider.startswith(TOLD_BY) and fact.ended_at is not None


def _provider(name: str, words: ModuleType) -> str:
    return str(words.PROVIDERS.get(name) or harmless(name.removeprefix(TOLD_BY)))


def _value(fact: PastFact, matter: Matter, words: ModuleType) -> str:
    value = fact.value
    if isinstance(value, bool):
        return str(words.YES if value else words.NO)
    told = value_in_words(fact.field, value if value is not None else "")
    return told if fact.subject == matter.alert.domain else f"{told} ({shown_name(fact.subject)})"


def _unknown(matter: Matter, words: ModuleType) -> Iterator[str]:
    for name, why in sorted(matter.dossier.unknown.items()):
        if name in words.LABELS:
            yield words.UNKNOWN_LINE.format(label=words.LABELS[name], why=reason_in_words(why))


def _asks(to: Addressee, matter: Matter, words: ModuleType) -> Iterator[str]:
    asks = (words.ASKS_ACTIVE if is_active(matter) else words.ASKS_QUIET)[to.role]
    if matter.hosts:
        asks = words.ASKS_OF_HOSTS.get(to.role, asks)
    yield from (one.format(**_names(matter)) for one in asks)
    yield words.TELL_US


def _moment(at: datetime) -> str:
    return moments.time(at.astimezone(UTC))


def _listing(value: Value) -> str:
    return value_in_words("ioc_listing", value)


def _plain(value: Value) -> str:
    return harmless(str(value))


def _listed(items: Iterable[str], words: ModuleType) -> str:
    told = _first_of(items, words)
    last = str(words.AND)
    return last.join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _first_of(items: Iterable[str], words: ModuleType) -> list[str]:
    """As many as a letter has room for, and how many more there are."""
    told = list(items)
    if len(told) > _MAX_LISTED:
        more = words.MORE.format(count=len(told) - _MAX_LISTED)
        told = [*told[:_MAX_LISTED], more]
    return told


def _section(heading: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"{heading.upper()}\n\n{body}" if body else ""


def _bullets(sentences: Iterable[str]) -> Iterator[str]:
    return (_wrapped(sentence, "  - ", "    ") for sentence in sentences)


def _numbered(sentences: Iterable[str]) -> Iterator[str]:
    numbered = enumerate(sentences, 1)
    return (_wrapped(sentence, f" {number}. ", "    ") for number, sentence in numbered)


def _wrapped(text: str, first: str = "", further: str = "") -> str:
    """Lines of bounded length; what French keeps together (` :`, `« `) is not torn apart."""
    return textwrap.fill(
        unbroken(text),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )
