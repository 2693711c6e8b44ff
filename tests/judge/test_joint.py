"""Several rulebooks asked at once say what each says alone."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from hunter.judge import Joint
from hunter.judge.judging import bench
from tests.world.rulebooks import book, dossier, rule

words = st.sampled_from(["en", "marche", "mail", "co"])
asked = st.one_of(
    words.map(lambda word: {"name|contains": word}),
    st.sampled_from([0.25, 0.5]).map(lambda least: {"confidence|gte": least}),
    st.booleans().map(lambda truth: {"has_mx": truth}),
)
filters = st.lists(words, max_size=2, unique=True)
sets = st.tuples(st.lists(asked, min_size=1, max_size=4), filters)
held = st.fixed_dictionaries(
    {},
    optional={
        "name": st.lists(words, min_size=1, max_size=2).map(tuple),
        "confidence": st.sampled_from([0.2, 0.4, 0.8]),
        "has_mx": st.booleans(),
    },
)


def filter_of(word: str) -> str:
    """Leaves out names that hold the word, of the first rule only."""
    return (
        f"title: Without {word}\nlogsource: {{product: hunter, category: domain}}\n"
        f"filter:\n  rules: [rule0]\n  word: {{name|contains: {word}}}\n  condition: not word\n"
    )


def documents(made):
    """The rules and filters of one set."""
    asked, words = made
    rules = (
        rule(f"s: {json.dumps(one)}\ncondition: s", f"rule{number}")
        for number, one in enumerate(asked)
    )
    return (*rules, *map(filter_of, words))


@settings(max_examples=60, deadline=None)
@given(st.lists(sets, min_size=2, max_size=3), st.lists(held, min_size=1, max_size=5))
def test_each_book_says_what_it_says_alone(tmp_path_factory, made, every):
    """For every dossier, asked twice; the second time it remembers."""
    books = [book(tmp_path_factory.mktemp("rules"), *documents(one)) for one in made]
    joint = Joint(books)
    for fields in every * 2:
        one = dossier("a.fr", **fields)
        alone = tuple(
            frozenset(
                rule.header.id for rule in rules.rules if bench(rules).holds(rule.header.id, one)
            )
            for rules in books
        )
        assert joint.met(one) == alone
