"""The faults of a config: each with its line, in words, and with a hint."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from hunter.errors import Fault
from hunter.toml_lines import line_of


class Faults:
    """The faults found so far, with the lines they stand on."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.found: list[tuple[int, Fault]] = []

    def add(self, path: tuple[str | int, ...], message: str, hint: str) -> None:
        """One more fault, at the key that `path` leads to."""
        line = line_of(self.text, path)
        where = f"line {line}: {_written(path)}" if line else _written(path)
        self.found.append((line, Fault(self.file, where, message, hint)))

    def in_order(self) -> list[Fault]:
        """The faults as they stand in the file."""
        return [fault for _, fault in sorted(self.found, key=lambda one: one[0])]


def _written(path: tuple[str | int, ...]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def explain(
    error: ValidationError, prefix: tuple[str | int, ...], model: type[BaseModel], faults: Faults
) -> None:
    """Put what pydantic found wrong under `prefix` into words."""
    for one in error.errors():
        path = prefix + one["loc"]
        fields = _fields_at(model, one["loc"][:-1])
        name = str(one["loc"][-1]) if one["loc"] else ""
        if one["type"] == "extra_forbidden":
            faults.add(path, "there is no such key", did_you_mean(name, fields))
        elif one["type"] == "missing":
            faults.add(path, "is missing", fields.get(name, ""))
        else:
            faults.add(path, _plain(one["msg"]), fields.get(name, "see config.example.toml"))


def _plain(message: str) -> str:
    text = message.removeprefix("Value error, ").removeprefix("Input should be ")
    return text if text != message or not text.startswith("Input") else "has a wrong value"


def _fields_at(model: type[BaseModel], path: Iterable[str | int]) -> dict[str, str]:
    """Field → description of the model that the path leads to."""
    for part in path:
        if isinstance(part, int) or part not in model.model_fields:
            continue
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
    """The known word nearest to a mistyped one, or all of them."""
    known = sorted(known)
    close = get_close_matches(word, known, n=1)
    return f"did you mean {close[0]}?" if close else f"known here: {', '.join(known)}"
