"""What every rule file begins with: title, id, level, score, tags and the rest."""

from collections.abc import Iterator
from uuid import UUID

from sigma.rule import SigmaRule

from hunter.errors import Fault
from hunter.model import Level
from hunter.rulebook.hints import did_you_mean, listing, number_alone
from hunter.rulebook.reading import Document, Yaml
from hunter.rulebook.rules import Header, Sample

_LEVELS = {str(level): level for level in Level}
_STATUSES = frozenset({"stable", "test", "experimental", "deprecated", "unsupported"})
_HIGHEST_SCORE = 100
_LONGEST_TITLE = 256
KEYS = frozenset(
    {
        "title",
        "id",
        "name",
        "status",
        "level",
        "score",
        "wording",
        "description",
        "references",
        "tags",
        "author",
        "date",
        "modified",
        "falsepositives",
        "logsource",
        "detection",
        "correlation",
        "filter",
        "generate",
        "tests",
        "fields",
        "license",
        "related",
        "scope",
        "taxonomy",
        "time",
    }
)
"""What may stand at the top of a rule."""
_OWN_KEYS = frozenset({"title", "id", "level", "status", "logsource", "detection", "filter"})
"""Keys that are checked here or elsewhere in this package; pySigma checks the rest."""
_PLACEHOLDER = {
    "title": "x",
    "logsource": {"category": "x"},
    "detection": {"x": {"x": 1}, "condition": "x"},
}
_KEY_OF_ERROR = {
    "identifier": "id",
    "value": "tags",
    "type": "name",
    "tag": "tags",
    "reference": "references",
    "falsepositives": "falsepositives",
}
_HINTS = {
    "tags": "write a list: 'tags: [attack.t1583.001]'",
    "references": "write a list: 'references: [https://example.org/]'",
    "falsepositives": "write a list: a line for each, with a dash in front",
    **dict.fromkeys(("name", "author", "description"), "write one text, in quotes"),
    "related": "write a list of blocks, each with 'id:' and 'type:'",
    "date": "write it as '2026-11-27', in quotes",
    "modified": "write it as '2026-11-27', in quotes",
}
_LOGSOURCE = {"product": "hunter", "category": "domain"}


def faults(document: Document, *, scored: bool, needs_id: bool = True) -> Iterator[Fault]:
    """What is wrong with the head of a rule; `scored` when it must have a level and a score."""
    yield from _misspelt_keys(document)
    yield from _title_faults(document)
    yield from _id_faults(document, needed=needs_id)
    yield from _choice_faults(document, "level", frozenset(_LEVELS), needed=scored)
    yield from _choice_faults(document, "status", _STATUSES, needed=False)
    yield from _score_faults(document, needed=scored)
    if "wording" in document.data and not isinstance(document.data["wording"], str):
        yield document.fault(("wording",), "is no sentence", "put the text in quotes")
    yield from _pysigma_faults(document)


def logsource_faults(document: Document) -> Iterator[Fault]:
    """Rules and filters speak of domains; a rule for another kind of log would never match."""
    found = document.data.get("logsource")
    if not isinstance(found, dict) or any(found.get(k) != v for k, v in _LOGSOURCE.items()):
        hint = "write 'logsource: {product: hunter, category: domain}'"
        yield document.fault(("logsource",), "is not meant for hunter", hint)


def header(document: Document, *, silent: bool, samples: tuple[Sample, ...] = ()) -> Header:
    """The head of a rule in which no fault was found."""
    data = document.data
    return Header(
        id=identity(document),
        title=_text(data.get("title")),
        level=_LEVELS[_text(data.get("level", "informational")).lower()],
        score=_whole(data.get("score", 0)),
        name=_text(data.get("name")),
        status=_text(data.get("status")),
        description=_text(data.get("description")),
        wording=_text(data.get("wording")),
        tags=_texts(data.get("tags")),
        references=_texts(data.get("references")),
        false_positives=_texts(data.get("falsepositives")),
        file=document.file,
        where=_where(document),
        silent=silent,
        samples=samples,
    )


def _where(document: Document) -> str:
    kind = next(key for key in ("detection", "correlation", "filter") if key in document.data)
    return document.place(kind, "condition")


def identity(document: Document) -> str:
    """The id in its usual spelling, or empty when there is none that can be read."""
    try:
        return str(UUID(_text(document.data.get("id"))))
    except ValueError:
        return ""


def _misspelt_keys(document: Document) -> Iterator[Fault]:
    """Own keys are allowed; one that is nearly a known key is a slip of the pen."""
    for key in document.data:
        if isinstance(key, str) and key not in KEYS:
            hint = did_you_mean(key, KEYS - {str(known) for known in document.data})
            if hint:
                yield document.fault((key,), f"{key!r} is no key that rules have", hint)


def _title_faults(document: Document) -> Iterator[Fault]:
    title = document.data.get("title")
    if title is not None and not isinstance(title, str):
        yield document.fault(("title",), "is no text", "put the title in quotes")
    elif not title or not title.strip():
        yield document.fault(("title",), "has no title", "say in a few words what it looks for")
    elif len(title) > _LONGEST_TITLE:
        yield document.fault(("title",), f"the title is longer than {_LONGEST_TITLE} characters")


def _id_faults(document: Document, *, needed: bool) -> Iterator[Fault]:
    hint = "make one with: python3 -c 'import uuid; print(uuid.uuid4())'"
    if "id" not in document.data:
        if needed:
            yield document.fault(("id",), "has no id", hint)
    elif not identity(document):
        yield document.fault(("id",), f"{document.data['id']!r} is no UUID", hint)


def _choice_faults(
    document: Document, key: str, known: frozenset[str], *, needed: bool
) -> Iterator[Fault]:
    found = document.data.get(key)
    choices = f"it is one of: {listing(known)}"
    if found is None:
        if needed:
            hint = f"{choices}; a rule that a correlation names needs none"
            yield document.fault((key,), f"has no {key}", hint)
    elif not isinstance(found, str) or found.lower() not in known:
        yield document.fault(
            (key,), f"there is no {key} {found!r}", did_you_mean(str(found), known, choices)
        )


def _score_faults(document: Document, *, needed: bool) -> Iterator[Fault]:
    score = document.data.get("score")
    hint = f"write 'score:' and how much it adds to the risk, 0 to {_HIGHEST_SCORE}"
    if score is None:
        if needed:
            yield document.fault(("score",), "has no score", hint)
    elif isinstance(score, bool) or not isinstance(score, int) or not 0 <= score <= _HIGHEST_SCORE:
        is_quoted = isinstance(score, str) and score.isdecimal()
        yield document.fault(
            ("score",), f"{score!r} is no score", number_alone(score) if is_quoted else hint
        )


def _pysigma_faults(document: Document) -> Iterator[Fault]:
    """What pySigma says of tags, dates, references and the like."""
    rest = {key: value for key, value in document.data.items() if key not in _OWN_KEYS}
    try:
        checked = SigmaRule.from_dict({**rest, **_PLACEHOLDER}, collect_errors=True)  # type: ignore[dict-item]
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        yield document.fault((), f"is not as Sigma wants it: {error}")
        return
    for found in checked.errors:
        kind = type(found).__name__.removeprefix("Sigma").removesuffix("Error").lower()
        key = _KEY_OF_ERROR.get(kind, kind)
        yield document.fault((key,), str(found), _HINTS.get(key, ""))


def _text(value: Yaml) -> str:
    return value.strip() if isinstance(value, str) else ""


def _texts(value: Yaml) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _whole(value: Yaml) -> int:
    return value if isinstance(value, int) else 0
