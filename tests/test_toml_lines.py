"""The line a key stands on."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.toml_lines import line_of

TEXT = """\
# comment
[[brand]]
domain = "en-marche.fr"
owned = [
    "en-marche-doc.fr",
]

[[brand]]
"domain" = "other.fr"

[sources]
case.enabled = true
permutations . every = "1h"

[notifiers.slack]   # where to
webhook_url_file = "x"

[ notifiers . email ]
sender = "a"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("brand",), 2),
        (("brand", 0), 2),
        (("brand", 0, "domain"), 3),
        (("brand", 0, "owned", 0), 4),
        (("brand", 1), 8),
        (("brand", 1, "domain"), 9),
        (("sources", "case", "enabled"), 12),
        (("sources", "permutations", "every"), 13),
        (("notifiers", "slack", "webhook_url_file"), 16),
        (("notifiers", "email", "sender"), 19),
    ],
)
def test_a_key_is_found_where_it_stands(path: tuple[str | int, ...], line: int) -> None:
    """In tables, array tables, dotted keys and lists."""
    assert line_of(TEXT, path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("brand", 1, "owned"), 8),
        (("brand", 2), 0),
        (("notifiers", "slack", "folder"), 15),
        (("net", "contact"), 0),
        ((), 0),
    ],
)
def test_a_key_that_is_missing_stands_at_its_table(path: tuple[str | int, ...], line: int) -> None:
    """At the innermost table that is there; 0 when there is none."""
    assert line_of(TEXT, path) == line


@given(
    st.text(max_size=80), st.lists(st.one_of(st.text(max_size=5), st.integers(0, 3)), max_size=4)
)
def test_any_text_has_a_line_or_none(text: str, path: list[str | int]) -> None:
    """The line is one of the text's, or 0."""
    assert 0 <= line_of(text, tuple(path)) <= len(text.splitlines())


NAMES = st.sampled_from(["a", "b", "c"])


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6, unique=True))
def test_every_key_of_a_table_has_the_line_it_was_written_on(keys: list[tuple[str, str]]) -> None:
    """However tables and keys follow on each other."""
    lines: dict[tuple[str, str], int] = {}
    text: list[str] = []
    for table in dict.fromkeys(table for table, _ in keys):
        text.append(f"[{table}]")
        for owner, key in keys:
            if owner == table:
                text.append(f"{key} = 1")
                lines[table, key] = len(text)
    written = "\n".join(text)
    tomllib.loads(written)

    assert {path: line_of(written, path) for path in lines} == lines
