"""The faults of a config: each with its line, in words, and with a hint."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from difflib import get_close_matches
from typing import Any, TypeAlias, TypeVar

import msgspec
from pydantic import BaseModel, ValidationError

from hunter import names, ribs
from hunter.errors import Fault
from hunter.model import Level
from hunter.toml_lines import line_of

Place: TypeAlias = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


_WORDS = {
    "a valid string": "a text in quotes",
    "a valid integer": "a whole number",
    "a valid number": "a number",
    "a valid boolean": "true or false",
    "a valid array": "a list in [ ]",
    "an object": "a table",
}
"""pydantic's words for JSON → those of a person who writes TOML."""


class Faults:
    """The faults found so far, with the lines they stand on."""

    def __init__(
        self,
        file: str,
        text: str,
        whole: type[BaseModel] | None = None,
        shown_in: str = "config.example.toml",
    ) -> None:
        """`whole` is what the file holds: it tells where else there is a key of that name.

        `shown_in` is where every key is written down.
        """
        self.file = file
        self.text = text
        self.whole = whole
        self.shown_in = shown_in
        self.found: list[tuple[int, Fault]] = []
        self.places: list[Place] = []

    def add(self, path: Place, message: str, hint: str, line: int = 0) -> None:
        """One more fault, at the key that `path` leads to; on its line, unless one is given."""
        line = line or line_of(self.text, path)
        where = ": ".join(filter(None, (f"line {line}" if line else "", _written(path))))
        self.found.append((line, Fault(self.file, where, message, hint)))
        self.places.append(path)

    def about(self, path: Place) -> bool:
        """Whether something is wrong at `path`, below it, or with a table it stands in."""
        return any(
            path[: len(place)] == place or place[: len(path)] == path for place in self.places
        )

    def misspelt(self, path: Place) -> bool:
        """Whether a key at fault beside it looks like a slip of the pen for it."""
        beside = [str(place[-1]) for place in self.places if place and place[:-1] == path[:-1]]
        return bool(get_close_matches(str(path[-1]), beside))

    def in_order(self) -> list[Fault]:
        """The faults as they stand in the file."""
        return [fault for _, fault in sorted(self.found, key=lambda one: one[0])]


_OF_PATTERNS = frozenset("[](){}^$/|\\+?")


def behind_website(domain: str) -> tuple[str, str] | None:
    """What is wrong with `www.en-marche.fr` as what to protect, and the hint.

    Were it protected, en-marche.fr would be its lookalike.
    """
    bare = names.behind_www(names.parse(domain))
    return (f"{domain} is a host of {bare}", f"did you mean {bare}?") if bare else None


def whole_domain(text: str) -> str:
    """What to write in place of what is no domain."""
    if set(text) & set("./"):
        return out_of_brackets(text) or "write a domain without http:// or a path: en-marche.fr"
    return "write it with its ending: en-marche.fr"


def out_of_brackets(text: str) -> str:
    """What to write in place of a name as alerts have it; nothing of what has other brackets too.

    Of a regular expression they are a part.
    """
    plain = names.refang(text)
    is_name = plain != text and not _OF_PATTERNS.intersection(plain)
    return f"write it without the brackets: {plain}" if is_name else ""


def _written(path: Place) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def sound(
    model: type[Model], written: Mapping[str, Any], prefix: Place, faults: Faults
) -> Model | None:
    """What is sound of a table, the rest told as faults; None when no part of it can stand alone.

    Whatever is wrong is left out and the others are looked at again, so that all faults are told.
    """
    left = deepcopy(dict(written))
    while True:
        try:
            return model.model_validate_json(msgspec.json.encode(left))
        except ValidationError as error:
            # Once something was left out, the rest may not fit together: that is no new fault.
            if error.errors()[0]["loc"] or left == written:
                _explain(error, prefix, model, faults)
            wrong = [_innermost(left, one["loc"]) for one in error.errors()]
        if None in wrong:
            return None
        for table, key in filter(None, wrong):
            table.pop(key, None)


def _innermost(table: Any, path: Iterable[str | int]) -> tuple[dict[str, Any], str] | None:
    """The innermost table and its key on the way that `path` goes."""
    found = None
    for part in path:
        if isinstance(table, dict) and isinstance(part, str) and part in table:
            found = (table, part)
        elif not isinstance(table, list) or part not in range(len(table)):
            break
        table = table[part]
    return found


def _explain(error: ValidationError, prefix: Place, model: type[BaseModel], faults: Faults) -> None:
    """Put what pydantic found wrong under `prefix` into words."""
    for one in error.errors():
        path = prefix + one["loc"]
        keys = [part for part in one["loc"] if isinstance(part, str)]
        name = keys[-1] if keys else ""
        fields = _fields_at(model, keys[:-1])
        if one["type"] == "extra_forbidden":
            faults.add(path, "there is no such key", _meant(name, fields, faults.whole))
        elif one["type"] == "missing":
            if not faults.misspelt(path):
                faults.add(path, "is missing", fields.get(name, ""))
        else:
            message = _brackets(path, one["input"], one["msg"]) or _plain(one["msg"])
            hint = _switch(path, one["input"])
            faults.add(path, message, hint or fields.get(name, f"see {faults.shown_in}"))


def _meant(name: str, fields: Iterable[str], whole: type[BaseModel] | None) -> str:
    """What a key is a slip of the pen for, or which other tables have one of its name."""
    places = "" if whole is None else " or ".join(_tables_with(name, whole))
    if not places or get_close_matches(name, fields, cutoff=0.8):
        return did_you_mean(name, fields)
    return f"there is one under {places}; known here: {', '.join(sorted(fields))}"


def _tables_with(name: str, whole: type[BaseModel]) -> Iterator[str]:
    for table, field in whole.model_fields.items():
        inner = _model_in(field.annotation)
        if inner and name in inner.model_fields:
            yield f"[[{table}]]" if field.default == () else f"[{table}]"


def _brackets(path: Place, value: object, message: str) -> str:
    """That a table stands in too few brackets, or in too many; nothing of any other fault."""
    if any(isinstance(part, int) for part in path):
        return ""
    if isinstance(value, dict) and "valid array" in message:
        return f"should stand in double brackets: [[{_written(path)}]]"
    if isinstance(value, list) and value and isinstance(value[0], dict) and "object" in message:
        return "should be one table, in single brackets"
    return ""


def _switch(path: Place, value: object) -> str:
    """What to write where a whole part was said to be true or false; nothing of any other fault."""
    is_part = isinstance(value, bool) and path[:-1] in {(family,) for family in ribs.CONFIGURED}
    return f"write {path[-1]}.enabled = {str(value).lower()}" if is_part else ""


def _plain(message: str) -> str:
    message = message.removeprefix("Value error, ").removeprefix("Input ")
    for theirs, ours in _WORDS.items():
        message = message.replace(theirs, ours)
    return message


def _fields_at(model: type[BaseModel], path: Iterable[str]) -> dict[str, str]:
    """Field → description of the model that the path leads to."""
    for part in path:
        if part not in model.model_fields:
            return {}
        inner = _model_in(model.model_fields[part].annotation)
        if inner is None:
            return {}
        model = inner
    return {name: field.description or "" for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inside = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((found for found in inside if found), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known word nearest to a mistyped one, in whatever case, or all of them."""
    known = sorted(known)
    cased = {one.lower(): one for one in known}
    close = get_close_matches(word.lower(), cased, n=1)
    return f"did you mean {cased[close[0]]}?" if close else f"known here: {', '.join(known)}"


def level_in(text: str, place: Place, faults: Faults) -> Level:
    """The severity of that name; medium when there is none, which is a fault."""
    known = {str(level): level for level in Level}
    if text not in known:
        faults.add(place, f"{text!r} is no severity", did_you_mean(text, known))
    return known.get(text, Level.MEDIUM)
