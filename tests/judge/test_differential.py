"""The evaluator against pySigma's SQLite backend: random rules, random dossiers, identical hits.

Restricted to what both define: text is ASCII, keywords have no wildcards (the backend searches one
text of all values), and fields keep to one type, as columns do. Fields with several values are JSON
arrays, asked with EXISTS over `json_each`.
"""

import json
import re
import sqlite3

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hunter.judge import correlate, judge
from tests.world.rulebooks import book, correlation, dossier, rule

pytest.importorskip("sigma.backends.sqlite")
from sigma.backends.sqlite import sqliteBackend
from sigma.backends.sqlite.runtime import execute_plan
from sigma.collection import SigmaCollection
from sigma.conditions import ConditionFieldEqualsValueExpression
from sigma.types import SigmaExists, SigmaNull

LISTS = ("name", "ns_domain", "a")
TEXTS = ("technique", "registrant_email", "term")
NUMBERS = ("confidence", "age_days")
TRUTHS = ("has_mx", "resolves")
COLUMNS = ("domain", "brand", *LISTS, *TEXTS, *NUMBERS, *TRUTHS, "everything", "day", "first_seen")


class ListBackend(sqliteBackend):
    """The backend, taught to ask JSON arrays whether any element matches."""

    def convert_condition_field_eq_val(self, cond, state):
        """One test on a field."""
        if cond.field not in LISTS or isinstance(cond.value, SigmaNull | SigmaExists):
            return super().convert_condition_field_eq_val(cond, state)
        one = ConditionFieldEqualsValueExpression("value", cond.value)
        one.source, one.parent = cond.source, cond.parent
        asked = super().convert_condition_field_eq_val(one, state)
        return f"EXISTS (SELECT 1 FROM json_each({cond.field}) WHERE {asked})"


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
ADDRESSES = st.sampled_from(["193.29.187.40", "193.29.188.1", "10.0.0.1", "80.82.69.134"])
words = st.lists(PIECES, min_size=1, max_size=4).map("".join)
patterns = st.lists(
    st.one_of(PIECES, st.sampled_from(["*", "?", "\\*", "\\?", "\\\\"])), min_size=1, max_size=4
).map("".join)
REGEXES = st.sampled_from(
    ["en", "^en", "co$", "e.[mM]", "[0-9]+", "mail|MARCHE", "^$", "(en)?-", "."]
)
NETWORKS = st.sampled_from(
    ["193.29.187.0/24", "193.29.0.0/16", "10.0.0.0/8", "80.82.69.134/32", "0.0.0.0/1"]
)
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
    item((*LISTS, *TEXTS), ("", "|cased", "|neq"), several(patterns)),
    item(
        (*LISTS, *TEXTS),
        ("|contains", "|startswith", "|endswith", "|contains|cased"),
        several(words),
    ),
    item((*LISTS, *TEXTS), ("|contains|all",), st.lists(words, min_size=2, max_size=3)),
    item((*LISTS, *TEXTS), ("|contains|windash", "|base64", "|wide|base64offset|contains"), words),
    item((*LISTS, *TEXTS), ("|re", "|re|i", "|re|i|m|s"), several(REGEXES)),
    item("a", ("|cidr",), several(NETWORKS)),
    item(NUMBERS, ("", "|gt", "|gte", "|lt", "|lte", "|neq"), numbers),
    item(TRUTHS, ("",), st.booleans()),
    item((*LISTS, *TEXTS, *NUMBERS), ("|exists",), st.booleans()),
    item((*LISTS, *TEXTS, *NUMBERS), ("",), st.none()),
    item(
        TEXTS,
        ("|fieldref", "|fieldref|startswith", "|fieldref|endswith", "|fieldref|contains"),
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


def database(dossiers):
    """The dossiers as rows, in their order."""
    connection = sqlite3.connect(":memory:")
    connection.create_function(
        "REGEXP", 2, lambda regex, text: bool(text and re.search(regex, text))
    )
    connection.execute(f"CREATE TABLE logs ({', '.join(COLUMNS)})")
    marks = ", ".join("?" * len(COLUMNS))
    connection.executemany(f"INSERT INTO logs VALUES ({marks})", map(row, dossiers))
    return connection


def row(one):
    """One dossier as the row that the backend reads."""
    values = [one.domain, one.brand]
    for field in COLUMNS[2:-3]:
        value = one.fields.get(field)
        listed = value if isinstance(value, tuple) else (value,)
        values.append(json.dumps(listed) if field in LISTS and value is not None else value)
    every = [
        v
        for value in one.fields.values()
        for v in (value if isinstance(value, tuple) else (value,))
    ]
    texts = [
        one.domain,
        one.brand,
        *(str(v).lower() if isinstance(v, bool) else str(v) for v in every),
    ]
    day = one.fields.get("first_seen", 0) % 100
    return (*values, "\n".join(texts), day * 86400, one.fields.get("first_seen"))


def backend():
    """The backend as the table needs it."""
    return ListBackend(
        collate_nocase=True,
        fulltext_field="everything",
        timestamp_field="day",
        timestamp_format="unix",
    )


def hits_in_sqlite(text, dossiers):
    """The numbers of the dossiers that the backend's query finds."""
    (query,) = backend().convert(SigmaCollection.from_yaml(text))
    connection = database(dossiers)
    found = connection.execute(query.replace("SELECT *", "SELECT rowid - 1", 1))
    return {number for (number,) in found}


QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Shrinking would convert a rule thousands of times; they are small enough to read."""


@settings(max_examples=80, phases=QUICK, report_multiple_bugs=False)
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
        assert ours == hits_in_sqlite(text, dossiers)


KINDS = st.sampled_from(
    [
        ("event_count", {}),
        ("value_count", {"field": "term"}),
        ("value_sum", {"field": "age_days"}),
        ("value_avg", {"field": "age_days"}),
        ("value_median", {"field": "age_days"}),
        ("value_percentile", {"field": "age_days", "percentile": 75}),
        ("temporal", {}),
        ("temporal_ordered", {}),
    ]
)
events = st.lists(
    st.fixed_dictionaries(
        {
            "technique": st.sampled_from(["tld-swap", "typo", "both", "none"]),
            "first_seen": st.integers(1, 12).map(lambda day: 20170300 + day),
        },
        optional={
            "registrant_email": st.sampled_from(["a@mail.com", "A@mail.com", "b@mail.com"]),
            "term": st.sampled_from(["marche", "Marche", "en"]),
            "age_days": st.integers(0, 5),
        },
    ),
    min_size=1,
    max_size=7,
)
FEEDS = (
    rule("s: {technique: [tld-swap, both]}\ncondition: s", "swap"),
    rule("s: {technique: [typo, both]}\ncondition: s", "typo"),
)


def members_in_sqlite(text, dossiers):
    """The numbers of the dossiers that take part in an occurrence."""
    output = backend().convert(SigmaCollection.from_yaml(text), "zircolite")
    plans = [one["correlation_plan"] for one in json.loads(output) if "correlation_plan" in one]
    found, _ = execute_plan(database(dossiers), plans[-1])
    return {int(event.split(":")[1]) - 1 for one in found for event in one["event_ids"]}


@settings(max_examples=100, phases=QUICK, report_multiple_bugs=False)
@given(
    kind=KINDS,
    bound=st.tuples(st.sampled_from(["gte", "gt", "eq"]), st.integers(1, 3)),
    days=st.integers(1, 6),
    every=events,
)
def test_correlations_take_in_the_same(tmp_path_factory, kind, bound, days, every):
    """For every dossier both say the same: whether it takes part in an occurrence."""
    if kind[0] == "temporal_ordered":
        bound = (
            "gte",
            bound[1],
        )  # what fewer or exactly so many in order would mean is not specified
    condition = json.dumps({bound[0]: bound[1], **kind[1]})
    block = (
        f"type: {kind[0]}\nrules: [swap, typo]\ngroup-by: [registrant_email]\n"
        f"timespan: {days}d\ncondition: {condition}"
    )
    documents = (*FEEDS, correlation(block))
    dossiers = [dossier(f"{number}.fr", **fields) for number, fields in enumerate(every)]
    rules = book(tmp_path_factory.mktemp("rules"), *documents)
    ours = {
        number
        for number, one in enumerate(dossiers)
        if correlate(rules, one, [other for other in dossiers if other is not one])
    }
    theirs = members_in_sqlite("---\n".join(documents), dossiers)
    if kind[0] == "temporal_ordered":
        # The backend names one chain of a window, we name all that were in the window.
        assert bool(ours) is bool(theirs)
        assert ours >= theirs
    else:
        assert ours == theirs
