"""The evaluator against pySigma's SQLite backend: random rules, random dossiers, identical hits.

Restricted to what both define: text is ASCII, keywords have no wildcards (the backend searches one
text of all values), and fields keep to one type, as columns do.
"""

import json
from datetime import date

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from hunter.judge import judge
from tests.world.rulebooks import book, dossier, rule

pytest.importorskip("sigma.backends.sqlite")
from tests.world.sigma_sqlite import LISTS, NUMBERS, TEXTS, TRUTHS, hits

PIECES = st.sampled_from(
    [
        "en",
        "En",
        "MARCHE",
        "-",
        ".",
        "co",
        "%",
        "_",
        "[",
        "1",
        "mail",
        "'",
        '"',
        "\\",
        "/all",
        "(",
        "^",
    ]
)
ADDRESSES = st.sampled_from(
    [
        "193.29.187.40",
        "193.29.188.1",
        "10.0.0.1",
        "80.82.69.134",
        "2606:4700::6810:84e5",
        "2606:4700:0:0:3::1",
        "2606:4701::1",
        "fe80::1",
        "::1",
    ]
)
words = st.lists(PIECES, min_size=1, max_size=4).map("".join)
patterns = st.lists(
    st.one_of(PIECES, st.sampled_from(["*", "?", "\\*", "\\?", "\\\\"])), min_size=1, max_size=4
).map("".join)
REGEXES = st.sampled_from(
    ["en", "^en", "co$", "e.[mM]", "[0-9]+", "mail|MARCHE", "^$", "(en)?-", "."]
)
NETWORKS = st.sampled_from(
    [
        "193.29.187.0/24",
        "193.29.0.0/16",
        "10.0.0.0/8",
        "80.82.69.134/32",
        "0.0.0.0/1",
        "2606:4700::/32",
        "2606:4700::/31",
        "2606:4700:0:0:2::/79",
        "::1/128",
        "::/0",
    ]
)
DAYS = st.dates(date(2015, 12, 25), date(2017, 1, 10))
MOMENTS = st.tuples(DAYS, st.times()).map(lambda both: f"{both[0]}T{both[1]:%H:%M:%S}")
PARTS = {
    "minute": st.integers(0, 59),
    "hour": st.integers(0, 23),
    "day": st.integers(1, 31),
    "week": st.sampled_from([1, 2, 26, 51, 52, 53]),
    "month": st.integers(1, 12),
    "year": st.integers(2015, 2017),
}
numbers = st.one_of(st.integers(-3, 3), st.sampled_from([0.25, 0.5, 0.75]))


def several(values):
    """One value or a list of them, as rules write it."""
    return st.one_of(values, st.lists(values, min_size=2, max_size=3))


def item(field, modifiers, values):
    """`field|modifiers: values` as a pair."""
    names = st.sampled_from([field]) if isinstance(field, str) else st.sampled_from(field)
    return st.tuples(names, st.sampled_from(modifiers), values).map(
        lambda drawn: (drawn[0] + drawn[1], drawn[2])
    )


ITEMS = st.one_of(
    item((*LISTS, *TEXTS), ("", "|cased", "|neq", "|cased|neq"), several(patterns)),
    item(
        (*LISTS, *TEXTS),
        ("|contains", "|startswith", "|endswith", "|contains|cased"),
        several(words),
    ),
    item(
        (*LISTS, *TEXTS),
        ("|contains|all", "|contains|all|neq"),
        st.lists(words, min_size=2, max_size=3),
    ),
    item((*LISTS, *TEXTS), ("|contains|windash", "|base64", "|wide|base64offset|contains"), words),
    item((*LISTS, *TEXTS), ("|re", "|re|i", "|re|i|m|s", "|re|neq"), several(REGEXES)),
    item("a", ("|cidr", "|cidr|neq"), several(NETWORKS)),
    *(
        item(("seen_at", "registered"), (f"|{part}{end}",), numbers)
        for part, numbers in PARTS.items()
        for end in ("", "|neq", "|gte", "|lt")
    ),
    item(NUMBERS, ("", "|gt", "|gte", "|lt", "|lte"), numbers),
    item(NUMBERS, ("|neq",), several(numbers)),
    item(TRUTHS, ("",), st.booleans()),
    item((*LISTS, *TEXTS, *NUMBERS), ("|exists",), st.booleans()),
    item((*LISTS, *TEXTS, *NUMBERS), ("",), st.none()),
    item(
        TEXTS,
        (
            "|fieldref",
            *(f"|fieldref|{more}" for more in ("startswith", "endswith", "contains", "neq")),
        ),
        st.sampled_from(TEXTS),
    ),
)
blocks = st.lists(ITEMS, min_size=1, max_size=2).map(dict)
selections = st.one_of(
    blocks,
    st.lists(blocks, min_size=1, max_size=2),
    st.lists(words.filter(lambda word: not set(word) & set("*?\\")), min_size=1, max_size=2),
)
conditions = st.recursive(
    st.sampled_from(
        ["sel_a", "sel_b", "other", "1 of sel_*", "all of sel_*", "1 of them", "all of them"]
    ),
    lambda inner: st.one_of(
        inner.map(lambda one: f"not ({one})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda it: f"({' '.join(it)})"),
    ),
    max_leaves=4,
)
detections = st.fixed_dictionaries(
    {"sel_a": selections, "sel_b": selections, "other": selections, "condition": conditions}
)
held = st.fixed_dictionaries(
    {},
    optional={
        "name": st.lists(words, min_size=1, max_size=3).map(tuple),
        "ns_domain": words,
        "a": st.lists(ADDRESSES, min_size=1, max_size=2).map(tuple),
        "seen_at": MOMENTS,
        "registered": DAYS.map(lambda day: int(f"{day:%Y%m%d}")),
        **dict.fromkeys(TEXTS, words),
        **dict.fromkeys(NUMBERS, numbers),
        **dict.fromkeys(TRUTHS, st.booleans()),
    },
)


def _sound(detection):
    """The block so that it asks for something and uses all selections: else it would be refused."""
    all_used = f"({detection['condition']}) or (never and 1 of sel_* and other)"
    asks = {"asked": [{"domain": "*"}], "never": {"domain": "never"}}
    return {**detection, **asks, "condition": f"asked and ({all_used})"}


QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Shrinking would convert a rule thousands of times; they are small enough to read."""


@settings(max_examples=60, phases=QUICK, report_multiple_bugs=False)
@given(
    blocks=st.lists(detections, min_size=1, max_size=4),
    every=st.lists(held, min_size=1, max_size=4),
)
def test_single_rules_hit_the_same(tmp_path_factory, blocks, every):
    """For every rule and dossier both say the same, however many rules are compiled together."""
    titles = [f"number {number}" for number in range(len(blocks))]
    texts = [
        rule(json.dumps(_sound(block), indent=1), title)
        for title, block in zip(titles, blocks, strict=True)
    ]
    dossiers = [dossier(f"{number}.fr", **fields) for number, fields in enumerate(every)]
    rules = book(tmp_path_factory.mktemp("rules"), *texts)
    found = [{finding.title for finding in judge(rules, one)} for one in dossiers]
    for title, text in zip(titles, texts, strict=True):
        ours = {number for number, hit in enumerate(found) if f"Rule {title}" in hit}
        assert ours == hits(text, dossiers)


@settings(max_examples=80, phases=QUICK, report_multiple_bugs=False)
@example(asked=("a|cidr", "::/0"), every=[{"a": ("10.0.0.1",)}, {"a": ("::1", "10.0.0.1")}])
@given(asked=ITEMS, every=st.lists(held, min_size=6, max_size=10))
def test_single_tests_hit_the_same(tmp_path_factory, asked, every):
    """Each modifier by itself, where nothing beside it can hide a difference."""
    detection = {"asked": {"domain": "*", asked[0]: asked[1]}, "condition": "asked"}
    text = rule(json.dumps(detection), "alone")
    dossiers = [dossier(f"{number}.fr", **fields) for number, fields in enumerate(every)]
    rules = book(tmp_path_factory.mktemp("rules"), text)
    ours = {number for number, one in enumerate(dossiers) if judge(rules, one)}
    assert ours == hits(text, dossiers)
