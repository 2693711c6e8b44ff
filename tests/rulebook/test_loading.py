"""Every fault of every file at once, with its place and a hint that mends it."""

import contextlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.errors import YoursToFix
from hunter.model import Level
from hunter.rulebook import load
from tests.world.rulebooks import FIELDS, book, correlation, dossier, rule, selection

SOUND = rule(selection("name: x"))


def faults(tmp_path, *documents):
    """What loading these documents is told is wrong."""
    with pytest.raises(YoursToFix) as raised:
        book(tmp_path, *documents)
    return raised.value.faults


@pytest.mark.parametrize(
    ("item", "where", "message", "hint"),
    [
        ("ns_domian: x", "line 10", "no field 'ns_domian'", "did you mean 'ns_domain'?"),
        ("zzz: x", "line 10", "no field 'zzz'", "the fields are: a, age_days"),
        ("name|contians: x", "line 10", "no modifier 'contians'", "did you mean 'contains'?"),
        ("name|expand: '%x%'", "line 10", "placeholders", "write the values out"),
        ("registered|gte: 2017-03-01", "line 10", "2017-03-01 is a date", "write 20170301"),
        ("registered|gte: '2017-03-01'", "line 10", "is a date", "write 20170301"),
        ("registered: 2017-03-01", "line 10", "is a date", "write 20170301"),
        ("age_days|lt: '90'", "line 10", "'90' is none", "without quotes"),
        ("age_days|lt: 30d", "line 10", "'30d' is none", "alone, without quotes: 30"),
        ("confidence|gte: 0,5", "line 10", "'0,5' is none", "without quotes: 0.5"),
        ("name|contains: [x, 365]", "line 10", "365 is none", "quotes around it: '365'"),
        ("name|contains: [x, null]", "line 10", "'|contains' has no value", "behind the colon"),
        ("name|contains:", "line 10", "'|contains' has no value", "behind the colon"),
        ("age_days|lt: true", "line 10", "True is none", "without quotes"),
        ("name|re: '(?<=x)'", "line 10", "no regular expression", "look-around"),
        ("name|re: '('", "line 10", "missing )", "RE2"),
        ("name|re: 5", "line 10", "5 is no regular expression", "quotes"),
        ("a|cidr: 10.0.0.1/8", "line 10", "host bits set", "write 10.0.0.0/8"),
        ("a|cidr: [10.0.0.0/8, 192.0.2.7/24]", "line 10", "host bits set", "write 192.0.2.0/24"),
        ("name|contains|all: x", "line 10", "needs two values", "leave '|all' out"),
        ("name: []", "line 10", "empty list", "null"),
        ("name: {x: y}", "line 10", "a block where a value", "plain list"),
        ("name|gt: x", "line 10", "compares with a number", "without quotes"),
        ("name|exists: x", "line 10", "'x' is neither true nor false", "true or false"),
        ("registrant_name|fieldref: as_nam", "line 10", "no field 'as_nam'", "'as_name'"),
        ("5: x", "line 10", "5 is no field name", "quotes"),
        ("confidence|gte: .nan", "line 10", "nan is no number", "if it is a text"),
        ("confidence: .inf", "line 10", "inf is no number", "if it is a text"),
    ],
)
def test_a_fault_in_an_item_has_its_place_and_a_hint(tmp_path, item, where, message, hint):
    """Line, what is wrong, and what to do."""
    found = faults(tmp_path, rule(selection(item)))
    assert found[0].where.startswith(f"{where}, detection.selection")
    assert message in found[0].message
    assert hint in found[0].hint


@pytest.mark.parametrize(
    ("detection", "message", "hint"),
    [
        ("selection: {name: x}\ncondition: selectoin", "'selectoin'", "did you mean 'selection'?"),
        ("selection: {name: x}\ncondition: 1 of foo*", "'foo*'", "the selections are: selection"),
        ("selection: {name: x}\ncondition: selection and", "cannot be read", "brackets"),
        ("selection: {name: x}\ncondition: selection | count() > 3", "gone", "correlation"),
        ("selection: {name: x}", "has no condition", "condition: selection"),
        ("a: {name: x}\nconditon: a", "has no condition", "where it says 'conditon:'"),
        ("selection: {name: x}\ncondition: [selection, 5]", "has no condition", ""),
        ("a: {name: x}\nb: {name: y}\ncondition: a", "never used", "remove it"),
        (
            "a: {name: x}\ntimeframe: 30d\ncondition: a",
            "never used",
            "'timespan:' of a correlation",
        ),
        ("a: {name: x}\nlevel: high\ncondition: a", "never used", "beside 'detection:'"),
        ("condition: selection", "has no selection", "name at least one"),
        ("selection: {}\ncondition: selection", "is empty", ""),
        ("no: {name: x}\ncondition: 'no'", "YAML reads this name as False", "another name"),
        ("all: {name: x}\ncondition: all", "is a word of conditions", "another name"),
        ("a: {name: x}\ncondition: not a", "nothing is known", "asks for something"),
        ("a: {name|exists: false}\ncondition: a", "nothing is known", ""),
        (f"a: {{name: x}}\ncondition: {'not ' * 200}a", "", ""),
        (f"a: {{name: x}}\ncondition: {'not ' * 40}a", "is nested too deeply", "split it"),
    ],
)
def test_a_fault_in_a_condition(tmp_path, detection, message, hint):
    """Selections that are misspelt, unused or ask for nothing."""
    found = faults(tmp_path, rule(detection))
    assert any(message in one.message and hint in one.hint for one in found)


@pytest.mark.parametrize(
    ("before", "after", "message", "hint"),
    [
        ("level: medium", "level: meduim", "there is no level 'meduim'", "did you mean 'medium'?"),
        ("level: medium", "", "has no level", "critical, high"),
        ("level: medium", "", "has no level", "a rule that a correlation names needs none"),
        ("level: medium", "levle: medium", "'levle' is no key", "did you mean 'level'?"),
        ("score: 10", "", "has no score", "0 to 100"),
        ("score: 10", "score: 101", "101 is no score", "0 to 100"),
        ("score: 10", "score: true", "True is no score", "0 to 100"),
        ("score: 10", 'score: "10"', "'10' is no score", "without quotes: 10"),
        ("score: 10", "score: high", "'high' is no score", "0 to 100"),
        ("id: ", "id: x", "is no UUID", "uuid4"),
        ("name: one", "name: [one]", "must be a string", "in quotes"),
        ("id: ", "other: ", "has no id", "uuid4"),
        ("title: Rule one", "title: ''", "has no title", ""),
        ("title: Rule one", "title: 2017", "is no text", "in quotes"),
        ("title: Rule one", f"title: {'x' * 300}", "longer than 256", ""),
        ("product: hunter", "product: windows", "not meant for hunter", "product: hunter"),
        ("score: 10", "score: 10\nstatus: testing", "no status 'testing'", "did you mean 'test'?"),
        ("score: 10", "score: 10\ntags: [t1583]", "tag must start with namespace", ""),
        ("score: 10", "score: 10\ntags: [5]", "list of strings", ""),
        ("score: 10", "score: 10\nwording: [x]", "is no sentence", "quotes"),
        ("score: 10", "score: 10\nreferences: x", "must be a list", ""),
        (
            "score: 10",
            "score: 10\ndate: '2017-13-40'",
            "date",
            "",
        ),
        ("score: 10", "score: 10\nscore: 20", "'score' stands twice", "join the two"),
        ("score: 10", "score: 10\ndate: 2017-13-40", "cannot be read", "dates"),
        ("score: 10", "score: 10\naction: global", "action:", "in full"),
        ("  condition: ", "condition: ", "has no condition", "under 'detection:'"),
        ("detection:", "description: x\nnotes:", "neither a rule", "has a block 'detection:'"),
        ("detection:", "detections:", "neither a rule", "did you mean 'detection'?"),
    ],
)
def test_a_fault_in_the_head(tmp_path, before, after, message, hint):
    """Keys, levels, scores, ids and dates."""
    found = faults(tmp_path, SOUND.replace(before, after, 1))
    assert any(message in one.message and hint in one.hint for one in found), found


def test_every_fault_of_every_file_is_told_in_order(tmp_path):
    """Five faults in two files are five, sorted by file and line."""
    first = rule("a: {nam: x, name|contians: y}\ncondition: b").replace("score: 10", "score: -1")
    second = rule(selection("name: x"), "two").replace("level: medium", "level: loud")
    found = faults(tmp_path, first, second)
    assert [(one.file[-5:], one.where.split(",")[0]) for one in found] == [
        ("0.yml", "line 5"),
        ("0.yml", "line 9"),
        ("0.yml", "line 9"),
        ("0.yml", "line 10"),
        ("1.yml", "line 4"),
    ]


def test_ids_and_names_are_each_their_own(tmp_path):
    """The second of two tells where the first is."""
    found = faults(tmp_path, SOUND, SOUND)
    assert [one.where for one in found] == ["line 2, id", "line 3, name"]
    assert all("0.yml, line" in one.message for one in found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: [", "not valid YAML"),
        ("title: *nowhere", "not valid YAML"),
        ("- a\n- b", "is not a rule"),
        ("just text", "is not a rule"),
        ("title: &a [*a]", "nested too deeply"),
        (
            "a: &a [x,x]\nb: &b [*a,*a]\n"
            + "".join(
                f"{c}: &{c} [*{p},*{p},*{p},*{p},*{p},*{p},*{p}]\n"
                for p, c in zip("bcdefghi", "cdefghij", strict=True)
            ),
            "too many aliases",
        ),
        ("[" * 2000, "nested too deeply"),
        ("title: !!python/object:os.system x", "not valid YAML"),
        ("title: x\x00", "not valid YAML"),
    ],
)
def test_files_that_are_no_rules(tmp_path, text, message):
    """Broken, hostile and foreign YAML is a fault of its file and never more."""
    found = faults(tmp_path, text, SOUND)
    assert message in found[0].message
    assert found[0].file.endswith("0.yml")


def test_files_that_cannot_be_read(tmp_path):
    """Latin-1, too large, a folder that is not there, a folder without rules."""
    (tmp_path / "latin.yml").write_bytes("title: \xe9".encode("latin-1"))
    (tmp_path / "large.yml").write_bytes(b"#" * (1 << 20) + b"\n")
    with pytest.raises(YoursToFix) as raised:
        load(tmp_path, FIELDS)
    assert [one.message for one in raised.value.faults] == [
        "is larger than 1 MiB",
        "is not UTF-8 text",
    ]
    with pytest.raises(YoursToFix, match="no such folder"):
        load(tmp_path / "nowhere", FIELDS)
    with pytest.raises(YoursToFix, match="cannot be read"):
        load(tmp_path / ("x" * 5000), FIELDS)
    (tmp_path / "empty").mkdir()
    with pytest.raises(YoursToFix, match="holds no rule"):
        load([tmp_path / "empty"], FIELDS)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    """A file that may not be read is told."""
    book(tmp_path, SOUND)
    (tmp_path / "0.yml").chmod(0)
    with pytest.raises(YoursToFix, match="cannot be read"):
        load(tmp_path, FIELDS)


def test_a_sound_rule(tmp_path):
    """Folders below, both endings and several documents in a file are read; no hidden files."""
    (tmp_path / "below").mkdir()
    text = rule(selection("name: x"), "two")
    (tmp_path / "below" / "two.yaml").write_text(f"---\n{text}---\n", encoding="utf-8")
    (tmp_path / ".swap.yml").write_text("title: [", encoding="utf-8")
    rules = book(tmp_path, SOUND)
    assert [one.header.name for one in rules.rules] == ["one", "two"]
    assert rules.rules[0].header.level is Level.MEDIUM
    assert rules.rules[0].header.score == 10


def test_the_digest_is_of_the_contents(tmp_path):
    """The same files have the same digest wherever they are; another byte another."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = book(tmp_path / "a", SOUND), book(tmp_path / "b", SOUND)
    assert first.digest == second.digest
    assert book(tmp_path / "b", SOUND + "\n").digest != first.digest


@pytest.mark.parametrize(
    ("block", "message", "hint"),
    [
        ("rules: [oen]", "there is no rule 'oen'", "did you mean 'one'?"),
        ("rules: []", "names no rules", ""),
        ("rules: [many]", "feeds itself", "circle"),
        ("type: event_cuont", "no correlation type 'event_cuont'", "'event_count'"),
        ("group-by: [registrant_emial]", "no field 'registrant_emial'", "'registrant_email'"),
        ("group-by: []", "has no group-by", "share"),
        ("timespan: soon", "has no timespan", "30d"),
        ("timespan: 0d", "has no timespan", "30d"),
        ("timespan: 99999999999y", "more than 100 years", "2y"),
        ("condition: {gte: .inf}", "inf is no number", ""),
        ("condition: {'>=': 2}", "no '>='", "'gte'"),
        ("condition: {gte: 2, field: [name, term]}", "one field only", "name one"),
        ("group-by: {name: x}", "no list of fields", "group-by: ["),
        ("type: temporal\ncondition: 1 of them", "cannot be read", "{gte: 2}"),
        ("condition: {gte: two}", "'two' is no number", ""),
        ("condition: {least: 2}", "says no number", "gte"),
        ("condition: {gte: 2, filed: name}", "no 'filed'", "'field'"),
        ("condition: one and two", "only temporal types", "gte"),
        ("condition:", "has no condition", "gte"),
        ("type: value_count", "which field's values", "field: domain"),
        ("condition: {gte: 2, field: nam}", "no field 'nam'", "'name'"),
        ("condition: {gte: 2, field: asn, percentile: 101}", "between 0 and 100", ""),
        ("condition: {gte: 2, field: asn, percentile: yes}", "between 0 and 100", "percentile: 95"),
        ("type: temporal\ncondition: one and", "cannot be read", "and, or, not"),
        ("type: temporal\ncondition: one or two", "name different rules", ""),
        ("type: temporal\ncondition: not one", "only says what is not seen", "a and not b"),
        ("generate: yes please", "true or false", ""),
        ("window: 3d", "no key 'window'", ""),
        ("timeframe: 3d", "no key 'timeframe'", "'timespan'"),
        ("time: registered", "no key 'time'", "beside 'correlation:'"),
        ("aliases: [x]", "is no list of aliases", ""),
        ("aliases: {who: {oen: name}}", "there is no rule 'oen'", "'one'"),
        ("aliases: {who: {one: nam}}", "no field 'nam'", "'name'"),
        ("aliases: {who: {one: name}}", "'who' is never used", "group-by"),
        ("group-by: [who]\naliases: {who: {}}", "what it is in 'one'", "'one: field'"),
        ("group-by: [who]\naliases: {who: {many: name}}", "does not feed this one", "one"),
    ],
)
def test_a_fault_in_a_correlation(tmp_path, block, message, hint):
    """Each part of a correlation is checked by itself."""
    sound = {
        "type": "event_count",
        "rules": "[one]",
        "group-by": "[registrant_email]",
        "timespan": "1d",
        "condition": "{gte: 2}",
    }
    parts = {**sound, **dict(line.split(":", 1) for line in block.splitlines())}
    text = correlation("\n".join(f"{key}: {value}" for key, value in parts.items()))
    found = faults(tmp_path, SOUND, text)
    assert any(message in one.message and hint in one.hint for one in found), found


def test_other_faults_of_correlations(tmp_path):
    """The field that gives the time must be known."""
    text = correlation(
        "type: event_count\nrules: one\ngroup-by: name\ntimespan: 1d\ncondition: {gte: 2}",
        extra="time: first_sen",
    )
    (found,) = faults(tmp_path, SOUND, text)
    assert found.hint == "did you mean 'first_seen'?"


def test_an_alias_is_handed_on_to_the_correlation_that_is_fed(tmp_path):
    """It may group by it, and need not say again what it is in the rules beneath."""
    block = "type: {}\nrules: [{}]\ngroup-by: [who]\ntimespan: 1d\ncondition: {{gte: 2}}"
    child = correlation(block.format("event_count", "one") + "\naliases: {who: {one: name}}", "low")
    parent = correlation(block.format("event_count", "low"), "high")
    assert book(tmp_path, SOUND, child, parent).correlations[1].group_by == ("who",)


@pytest.mark.parametrize("beside", [True, False])
def test_generate_stands_in_the_block_or_beside_it(tmp_path, beside):
    """The specification's text has it in the block, its JSON schema beside it."""
    block = "type: event_count\nrules: one\ngroup-by: name\ntimespan: 1d\ncondition: {gte: 2}"
    inside = "" if beside else "\ngenerate: true"
    text = correlation(block + inside, extra="generate: true" if beside else "")
    assert not book(tmp_path, SOUND, text).rules[0].header.silent
    (found,) = faults(tmp_path, SOUND, correlation(block, extra="generate: yes please"))
    assert found.where.startswith("line 6")


def test_the_field_that_is_counted_may_be_a_list_of_one(tmp_path):
    """The specification has a list there, of one field or several."""
    block = "type: value_count\nrules: one\ngroup-by: name\ntimespan: 1d\n"
    text = correlation(f"{block}condition: {{gte: 2, field: [term]}}")
    assert book(tmp_path, SOUND, text).correlations[0].value_field == "term"


def test_rules_that_feed_a_correlation_need_no_level(tmp_path):
    """They have no voice; the correlation has."""
    quiet = SOUND.replace("level: medium\n", "").replace("score: 10\n", "")
    many = correlation(
        "type: event_count\nrules: [one]\ngroup-by: [name]\ntimespan: 1d\ncondition: {gte: 2}"
    )
    rules = book(tmp_path, quiet, many)
    assert rules.rules[0].header.silent
    assert not rules.correlations[0].header.silent


@pytest.mark.parametrize(
    ("block", "message", "hint"),
    [
        ("rules: [oen]\n  s: {name: x}\n  condition: s", "no rule 'oen'", "'one'"),
        ("s: {name: x}\n  condition: s", "to which rules", "any"),
        ("rules: any\n  s: {nam: x}\n  condition: s", "no field 'nam'", "'name'"),
        ("rules: any\n  s: {name: x}", "has no condition", ""),
    ],
)
def test_a_fault_in_a_filter(tmp_path, block, message, hint):
    """Filters are checked like rules, and must belong to one."""
    text = f"title: F\nlogsource: {{product: hunter, category: domain}}\nfilter:\n  {block}\n"
    found = faults(tmp_path, SOUND, text)
    assert any(message in one.message and hint in one.hint for one in found), found


@pytest.mark.parametrize(
    ("tests", "message", "hint"),
    [
        ("tests: [x]", "no pair of lists", "no_match"),
        ("tests: {matches: []}", "'matches' is not expected", "'match'"),
        ("tests: {match: [{name: x}]}", "is no dossier", "domain"),
        ("tests: {match: [{domain: x.fr, nam: x}]}", "no field 'nam'", "'name'"),
        ("tests: {match: [{domain: x.fr, registered: 2017-04-12}]}", "no field holds", "YYYYMMDD"),
    ],
)
def test_a_fault_in_a_rules_own_tests(tmp_path, tests, message, hint):
    """A test that could not be run is a fault too."""
    found = faults(tmp_path, rule(selection("name: x"), extra=tests))
    assert any(message in one.message and hint in one.hint for one in found), found


def test_a_rules_own_tests_are_kept(tmp_path):
    """With the dossiers they describe, and where they stand."""
    extra = "tests:\n  match:\n    - {domain: x.fr, name: [x, y], unknown: [mx]}\n  no_match: []"
    extra = extra.replace("[mx]", "[a]")
    (sample,) = book(tmp_path, rule(selection("name: x"), extra=extra)).rules[0].header.samples
    assert sample.matches
    assert sample.where.endswith("line 9, tests.match.0")
    assert sample.dossiers[0].domain == "x.fr"
    assert sample.dossiers[0].fields["name"] == ("x", "y")
    assert "a" in sample.dossiers[0].unknown
    assert dossier().unknown == {}


PARTS = st.sampled_from(
    [
        *SOUND.split("\n"),
        "  ",
        "- ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        "'",
        "null",
        "5",
        "2017-01-01",
        "|re",
        "&a",
        "*a",
        "correlation:",
        "filter:",
        "tests:",
        "  rules: any",
        "  condition: not",
        "~",
        "!!binary x",
        "? x",
        "---",
    ]
)


@given(
    st.lists(PARTS, max_size=25).map("\n".join)
    | st.text(max_size=200)
    | st.lists(PARTS, max_size=25).map("".join)
)
def test_no_text_raises_anything_else(tmp_path_factory, text):
    """Whatever stands in a rule file: a rulebook, or faults."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "x.yml").write_bytes(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(YoursToFix):
        assert load(folder, FIELDS).digest
