"""Check a `detection:` or `filter:` block item by item, and turn it into a condition tree.

pySigma parses the values, modifiers and conditions; what it says of a mistake is told with the line
and, where a slip is likely, with what was probably meant.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from math import isfinite

from sigma.exceptions import SigmaError
from sigma.modifiers import modifier_mapping
from sigma.rule import SigmaDetectionItem, SigmaDetections

from hunter.errors import Fault
from hunter.rulebook import conditions as tree
from hunter.rulebook import fitting, misuse
from hunter.rulebook.headers import KEYS
from hunter.rulebook.hints import FURTHER_LEFT, did_you_mean, listing, number_alone
from hunter.rulebook.holdings import holding
from hunter.rulebook.reading import Document, Step, Yaml
from hunter.rulebook.regex import NotARegex, finder
from hunter.rulebook.translating import translated

_NUMERIC = fitting.COMPARING | fitting.PARTS.keys()
_SPEC_NAMES = {"utf16le": "wide"}
"""Modifiers that the specification has and pySigma knows by another name only."""
MODIFIERS = (frozenset(modifier_mapping) | frozenset(_SPEC_NAMES)) - {"expand"}
_LONGEST = 5_000
"""Characters of a text: of 100,000 wildcards is made an expression that RE2 does not take."""
_WORDS = frozenset({"and", "or", "not", "of", "all", "any", "1", "them"})
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_COUNTED = re.compile(r"\b(?!1\b)\d+ +of\b")
_JOINED = "; they are joined by and, or, not"
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class Detections:
    """One block of selections and its condition, within a document."""

    def __init__(self, document: Document, section: str, fields: Mapping[str, str]) -> None:
        self._document = document
        self._section = section
        self._fields = fields
        block = document.data.get(section)
        self._block: Mapping[Yaml, Yaml] = block if isinstance(block, dict) else {}
        self._selections = {
            name: value
            for name, value in self._block.items()
            if isinstance(name, str)
            and name != "condition"
            and (section, name) != ("filter", "rules")
        }

    def faults(self) -> tuple[Fault, ...]:
        """Every fault of the block."""
        if not self._block.keys() - {"condition", "rules"}:
            hint = "name at least one selection and a condition, such as 'condition: selection'"
            return (self._fault((), f"has no selection under '{self._section}:'", hint),)
        misnamed = [fault for name in self._block for fault in self._name_faults(name)]
        found = misnamed.copy()
        found.extend(
            fault
            for name, value in self._selections.items()
            for fault in self._in_selection((name,), value)
        )
        if not misnamed:
            found.extend(self._in_condition())
        return tuple(found)

    def _name_faults(self, name: Yaml) -> Iterator[Fault]:
        if not isinstance(name, str):
            hint = "give the selection another name"
            yield self._fault((str(name),), f"YAML reads this name as {name!r}", hint)
        elif name.lower() in _WORDS:
            hint = "give the selection another name"
            yield self._fault((name,), f"{name!r} is a word of conditions", hint)
        elif not _NAME.fullmatch(name):
            hint = "name it with letters without accents, digits, _ and - alone"
            yield self._fault((name,), f"no condition can name {name!r}", hint)

    def condition(self) -> tree.Condition:
        """The block as a condition tree, when no fault was found; raises SigmaError."""
        detections = SigmaDetections.from_dict(
            {
                **{name: _renamed(value) for name, value in self._selections.items()},
                "condition": list(self._conditions()),
            }
        )
        parsed = [translated(condition.parsed) for condition in detections.parsed_condition]
        return parsed[0] if len(parsed) == 1 else tree.AnyOf(tuple(parsed))

    def _fault(self, path: tuple[Step, ...], message: str, hint: str = "") -> Fault:
        return self._document.fault((self._section, *path), message, hint)

    def _in_selection(self, path: tuple[Step, ...], value: Yaml) -> Iterator[Fault]:
        if isinstance(value, dict):
            if not value:
                yield self._fault(path, "is empty", "write 'field: value' lines under it")
            for key, wanted in value.items():
                yield from self._in_item((*path, str(key)), key, wanted)
        elif isinstance(value, list):
            if not value:
                yield self._fault(path, "is empty", "list what to look for")
            for index, element in enumerate(value):
                yield from self._in_selection((*path, index), element)
        elif value is None or set(str(value)) <= {"*"}:
            hint = "write 'field: value' lines under it, indented more than its name"
            yield self._fault(path, "asks for nothing", hint)
        elif hint := misuse.of_keyword(value, self._fields, MODIFIERS):
            message = (
                f"{value!r} is looked for as a word in every field, and meant as a test of one"
            )
            yield self._fault(path, message, hint)
        else:
            yield from self._values_faults(path, None, value)

    def _in_item(self, path: tuple[Step, ...], key: Yaml, value: Yaml) -> Iterator[Fault]:
        if not isinstance(key, str):
            yield self._fault(path, f"{key!r} is no field name", "put quotes around it")
            return
        field, *modifiers = key.split("|")
        before = list(self._field_faults(path, field))
        before.extend(self._modifier_faults(path, modifiers))
        if not before:
            before.extend(self._value_faults(path, key, modifiers, value))
        yield from before

    def _field_faults(self, path: tuple[Step, ...], field: str) -> Iterator[Fault]:
        if field and field not in self._fields:
            hint = did_you_mean(field, self._fields, f"the fields are: {listing(self._fields)}")
            yield self._fault(path, f"there is no field {field!r}", hint)

    def _modifier_faults(self, path: tuple[Step, ...], modifiers: list[str]) -> Iterator[Fault]:
        for modifier in modifiers:
            if modifier == "expand":
                hint = "write the values out, or ask for a fact that says so"
                yield self._fault(path, "placeholders (|expand) have nothing to fill them", hint)
            elif modifier not in MODIFIERS:
                otherwise = f"the modifiers are: {listing(MODIFIERS)}"
                hint = misuse.of_name(modifier) or did_you_mean(modifier, MODIFIERS, otherwise)
                yield self._fault(path, f"there is no modifier {modifier!r}", hint)
        if wrong := misuse.of_expression(modifiers):
            yield self._fault(path, *wrong)

    def _value_faults(
        self, path: tuple[Step, ...], key: str, modifiers: list[str], value: Yaml
    ) -> Iterator[Fault]:
        values = value if isinstance(value, list) else [value]
        if not values:
            yield self._fault(path, "has an empty list of values", "write null to mean 'no value'")
        if "all" in modifiers and len(values) == 1:
            yield self._fault(path, "'|all' needs two values or more", "leave '|all' out")
        unsuitable = [fault for item in values for fault in self._unsuitable(path, item, modifiers)]
        yield from unsuitable
        if "fieldref" in modifiers:
            for item in values:
                yield from self._field_faults(path, str(item))
        if unsuitable or not values:
            return
        wrong = fitting.of_test(key.partition("|")[0], modifiers, values, self._fields)
        if wrong:
            yield self._fault(path, *wrong)
        else:
            yield from self._values_faults(path, key, value)

    def _unsuitable(
        self, path: tuple[Step, ...], value: Yaml, modifiers: list[str]
    ) -> Iterator[Fault]:
        comparing = not _NUMERIC.isdisjoint(modifiers)
        date = _as_date(value, comparing)
        if date:
            message = f"{value!s} is a date, and dates are whole numbers here: YYYYMMDD"
            yield self._fault(path, message, f"write {date}")
        elif isinstance(value, (dict, list, set, bytes)):
            hint = "a field takes a value or a plain list of values"
            yield self._fault(path, "has a block where a value should be", hint)
        elif comparing and (isinstance(value, bool) or not isinstance(value, (int, float))):
            yield self._fault(path, *self._no_number(str(path[-1]), value))
        elif isinstance(value, float) and not isfinite(value):
            yield self._fault(path, f"{value} is no number", "put quotes around it if it is a text")
        elif "exists" in modifiers and not isinstance(value, bool):
            yield self._fault(path, f"{value!r} is neither true nor false", "write true or false")
        elif "re" in modifiers:
            yield from self._regex_faults(path, value)

    def _no_number(self, key: str, value: Yaml) -> tuple[str, str]:
        if value is None:
            return "compares with a number, and there is none", "write one behind the colon"
        hint = number_alone(value)
        if holding(self._fields.get(key.partition("|")[0], "")).day:
            hint = "write the day as a whole number, YYYYMMDD: 20170301"
        return f"compares with a number, and {value!r} is none", hint

    def _regex_faults(self, path: tuple[Step, ...], value: Yaml) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield self._fault(path, f"{value!r} is no regular expression", "put quotes around it")
            return
        try:
            finder(value)
        except NotARegex as error:
            hint = "expressions are RE2's: without look-around and back-references"
            yield self._fault(path, f"{value!r} is no regular expression: {error}", hint)

    def _values_faults(
        self, path: tuple[Step, ...], key: str | None, value: Yaml
    ) -> Iterator[Fault]:
        """What pySigma says of one item."""
        if isinstance(value, dt.date):
            yield from self._unsuitable(path, value, [])
            return
        if "|re" not in (key or "") and _longest(value) > _LONGEST:
            hint = "no field holds so much: look for a part of it"
            yield self._fault(path, f"has a value of more than {_LONGEST:,} characters", hint)
            return
        try:
            SigmaDetectionItem.from_mapping(_spelled(key), value)  # type: ignore[arg-type]
        except (SigmaError, TypeError, AttributeError, ValueError) as error:
            yield self._fault(path, *_in_words(error, key, value))

    def _conditions(self) -> tuple[str, ...]:
        written = self._block.get("condition")
        found = written if isinstance(written, list) else [written]
        return tuple(item for item in found if isinstance(item, str))

    def _in_condition(self) -> Iterator[Fault]:
        written = self._block.get("condition")
        if not self._conditions() or (
            isinstance(written, list) and len(self._conditions()) < len(written)
        ):
            hint = "say which selections must hold, such as 'condition: selection and not filter'"
            slip = next((one for one in self._selections if did_you_mean(one, ("condition",))), "")
            if slip:
                hint = f"write 'condition:' where it says '{slip}:'"
            if "condition" in self._document.data:
                hint = f"indent it more: it belongs under '{self._section}:'"
            yield self._fault(("condition",), "has no condition", hint)
            return
        slips = [fault for text in self._conditions() for fault in self._misnamed(text)]
        yield from slips
        if not slips:
            yield from self._unparsable()
        if not slips:
            yield from self._unused()

    def _misnamed(self, text: str) -> Iterator[Fault]:
        if "|" in text:
            hint = "count and relate in a correlation of its own"
            yield self._fault(("condition",), "'|' in conditions is gone in Sigma 2", hint)
            return
        if _COUNTED.search(text):
            hint = "write '1 of name*' or 'all of name*'; how many of several, a correlation counts"
            yield self._fault(("condition",), "counts selections by another number than 1", hint)
            return
        for word in _names_in(text):
            if not self._meant(word):
                otherwise = f"the selections are: {listing(self._selections)}{_JOINED}"
                hint = did_you_mean(word, self._selections, otherwise)
                if word.lower() in _WORDS:
                    hint = f"write it in small letters: {word.lower()}"
                yield self._fault(("condition",), f"names {word!r}, which is no selection", hint)

    def _unparsable(self) -> Iterator[Fault]:
        placeholder = {name: {"x": 1} for name in self._selections}
        for text in self._conditions():
            try:
                parsed = SigmaDetections.from_dict({**placeholder, "condition": text})
                _ = parsed.parsed_condition[0].parsed
            except (SigmaError, RecursionError) as error:
                yield self._fault(("condition",), *misuse.of_condition(text, error))

    def _meant(self, word: str) -> set[str]:
        """The selections that a word of the condition stands for."""
        pattern = "*" if word == "them" else word
        return {
            name
            for name in self._selections
            if fnmatchcase(name, pattern)
            and ("*" not in pattern or pattern.startswith("_") or not name.startswith("_"))
        }

    def _unused(self) -> Iterator[Fault]:
        words = [word for text in self._conditions() for word in _names_in(text)]
        used = set[str]().union(*map(self._meant, words))
        for name in (one for one in self._selections if one not in used):
            hint = self._how_to_use(name)
            yield self._fault((name,), "is never used in the condition", hint)

    def _how_to_use(self, name: str) -> str:
        """The hint for a selection that the condition does not mean."""
        if name == "timeframe":
            return "over a span of time Sigma 2 counts by the 'timespan:' of a correlation"
        if name.startswith("_"):
            return "write its name: 'them' and '*' pass over what begins with _"
        if name in self._fields:
            return "indent it more: it is a field of the selection above it"
        return FURTHER_LEFT.format(self._section) if name in KEYS else "use it or remove it"


def _names_in(text: str) -> Iterator[str]:
    for word in re.findall(r"[A-Za-z0-9_*-]+", text):
        if word == "them" or word not in _WORDS:
            yield word


def _longest(value: Yaml) -> int:
    texts = value if isinstance(value, list) else [value]
    return max((len(one) for one in texts if isinstance(one, str)), default=0)


def _as_date(value: Yaml, comparing: bool) -> str:
    """The date as a whole number, when the value is one or was meant as one."""
    if isinstance(value, dt.date):
        return f"{value:%Y%m%d}"
    found = _DATE.fullmatch(value) if comparing and isinstance(value, str) else None
    return "".join(found.groups()) if found else ""


def _in_words(error: Exception, key: str | None, value: Yaml) -> tuple[str, str]:
    """What pySigma says of an item, and how to mend it where that can be told."""
    modifiers = (key or "").split("|")[1:]
    values = value if isinstance(value, list) else [value]
    if "cidr" in modifiers and "Modifier" not in str(error):
        return _lowered(error), misuse.of_networks(values)
    odd = next((one for one in values if not isinstance(one, str)), "")
    message, hint = misuse.of_modifiers(modifiers, odd) if modifiers else ("", "")
    if not message and "Modifier" in str(error):
        message = f"'|{'|'.join(modifiers)}' do not go together"
    return (message, hint) if message else (_lowered(error), "")


def _lowered(error: Exception) -> str:
    """The first line of pySigma's message, to stand after a colon."""
    text = str(error).partition("\n")[0] or type(error).__name__
    return text[:1].lower() + text[1:]


def _spelled(key: str | None) -> str | None:
    if key is None:
        return None
    field, *modifiers = key.split("|")
    return "|".join([field, *(_SPEC_NAMES.get(modifier, modifier) for modifier in modifiers)])


def _renamed(value: Yaml) -> Yaml:
    """The selection with the modifiers' names as pySigma has them."""
    if isinstance(value, dict):
        return {_spelled(str(key)): item for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item) for item in value]
    return value
