"""The house's rules, checked: what may import what, and one name in four places."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from hunter import ribs

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "hunter"

LEVELS: tuple[tuple[str, ...], ...] = (
    (
        "errors",
        "metrics",
        "model",
        "notice",
        "names",
        "clock",
        "paths",
        "hostile_json",
        "hostile_zip",
    ),
    (
        "net",
        "permutations",
        "wording",
        "matching",
        "spellings",
        "ct",
        "feeds",
        "ribs",
        "rulebook",
        "allow",
        "lists",
        "pages",
        "crowds",
        "trackable",
        "told",
        "unheld",
        "manual",
        "canary",
        "logs",
        "certificates",
        "systemd",
        "rounds",
        "hushed",
    ),
    (
        "toml_lines",
        "written",
        "contracts",
        "rendering",
        "ct_reading",
        "inquiries",
        "spool",
    ),
    ("config", "store", "judge", "dossiers", "ladder", "handover", "stix", "case", "visiting"),
    ("sources", "enrichers", "notifiers", "exports"),
    (
        "alerts",
        "tracks",
        "following",
        "latecomers",
        "newcomers",
        "incidents",
        "search",
        "health",
        "enrichment",
        "respite",
        "outages",
        "unjudged",
        "recall",
        "known",
        "review",
        "backtest",
        "bulk",
        "casebook",
        "takedown",
        "survey",
        "triage",
        "beginning",
        "coverage",
        "canary_watch",
        "routing",
        "pacing",
        "attaching",
        "certified",
        "delivery",
        "feedback",
    ),
    ("pipeline",),
    ("hunting", "replay"),
    ("daemon", "ct_session", "backfill", "rule_watch", "doctor", "exposition", "retro"),
    ("cli",),
    ("__main__",),
)
RIBS = ("sources", "enrichers", "notifiers", "exports")
FORBIDDEN_TO_RIBS = ("store", "config", "judge", *RIBS)
PURE = {"judge": ("net", "store"), "matching": ("net", "store"), "ct": ("net", "store")}
ONE_IMPORTER = {
    "tldextract": "names",
    "idna": "names",
    "dnstwist": "permutations",
    "sqlite_utils": "store",
    "apscheduler": "rounds",
    "certstream": "sources.certstream",
    "hyperscan": "matching",
    "aiohttp": "net",
    "pycares": "net",
    "sigma": "rulebook",
    "aiosmtplib": "net.smtp",
    "apprise": "notifiers.apprise",
    "maxminddb": "net.asn",
}
IN_EVERY_TABLE = {"enabled", "refresh", "retry"}
GUARDS = {("pipeline", "guard"), ("daemon", "_job")}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of hunter as its dotted name below the package, with its file."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), path


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            assert node.module is not None
            yield node.module
            if node.module.startswith("hunter"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def parts() -> frozenset[str]:
    """Those of hunter, by the first word of the dotted names of their modules."""
    return frozenset(name.split(".")[0] for name, _ in modules() if name)


def own_imports(path: Path) -> set[str]:
    """The parts of hunter that a file imports."""
    words = {name.split(".")[1] for name in imports(path) if name.startswith("hunter.")}
    return words & parts()


def level(part: str) -> int:
    """How high in the house a part lives."""
    found = [number for number, parts in enumerate(LEVELS) if part in parts]
    assert found, f"hunter/{part} has no level: give it one in this test and in docs/house.md"
    return found[0]


def faults(name: str, imported: set[str]) -> list[str]:
    """What is wrong with a module of that name importing those parts."""
    part = name.split(".", maxsplit=1)[0]
    here = level(part)
    wrong = [f"{name} imports {one}, which is above it" for one in imported if level(one) > here]
    if part in RIBS:
        barred = [other for other in imported if other in FORBIDDEN_TO_RIBS]
        wrong += [f"{name} imports {other}: a drop-in has its context for that" for other in barred]
    pure = PURE.get(part, ())
    wrong += [f"{name} imports {other}, and is to be pure" for other in imported if other in pure]
    return wrong


def listed(found: list[str]) -> str:
    """All that was found, a line each: pytest shows no more than the beginning of a list."""
    return "\n".join(["docs/house.md has the rules of the house", *sorted(found)])


def test_imports_point_down() -> None:
    """No module imports one above it; ribs import neither each other nor store, config or judge."""
    found = [
        fault
        for name, path in modules()
        if name
        for fault in faults(
            name, own_imports(path) - {name.split(".")[0]} | own_rib_imports(name, path)
        )
    ]

    assert not found, listed(found)


def own_rib_imports(name: str, path: Path) -> set[str]:
    """A rib's own family, when it imports a sibling."""
    family = name.split(".", maxsplit=1)[0]
    if family not in RIBS or "." not in name:
        return set()
    return {family} if any(one.startswith(f"hunter.{family}.") for one in imports(path)) else set()


def test_a_new_part_of_the_spine_wants_its_level() -> None:
    """Also one that imports nothing of hunter's."""
    with pytest.raises(AssertionError, match="hunter/newthing has no level"):
        faults("newthing", set())


@pytest.mark.parametrize("part", ["store", "config", "judge", "enrichers"])
def test_a_rib_that_imports_the_spine_is_caught(part: str) -> None:
    """The test above fails when a rib imports what it must not."""
    assert faults("sources.newcomer", {part}) != []


def test_the_house_tells_every_level() -> None:
    """The table in `docs/house.md` is the one above, but for `__main__`."""
    text = (ROOT / "docs" / "house.md").read_text("utf-8")
    rows = re.findall(r"^\| \d \| (.+) \|$", text, re.MULTILINE)
    assert [sorted(row.split(", ")) for row in rows] == [*map(sorted, LEVELS[:-1])]


def test_the_page_on_certificate_transparency_names_every_module() -> None:
    """Its table is what `hunter/ct` holds."""
    text = (ROOT / "docs" / "ct.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[a-z0-9_`, ]+`) \|", text, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"\w+", row)}
    there = {path.stem for path in (ROOT / "hunter" / "ct").glob("*.py")}

    assert named == there - {"__init__"}


def test_no_cycles_between_parts() -> None:
    """The parts can be put in an order in which each imports only those before it."""
    graph: dict[str, set[str]] = {}
    for name, path in modules():
        if name:
            part = name.split(".")[0]
            graph.setdefault(part, set()).update(own_imports(path) - {part})

    while graph:
        free = {part for part, needs in graph.items() if not needs & graph.keys()}
        assert free, f"a cycle among {sorted(graph)}"
        graph = {part: needs for part, needs in graph.items() if part not in free}


def test_each_outside_package_has_one_importer() -> None:
    """A package that may change under us is known in one place only."""
    found = [
        f"{name} imports {package}, which only hunter.{ONE_IMPORTER[package]} does: go by that"
        for name, path in modules()
        for package in {imported.split(".")[0] for imported in imports(path)} & ONE_IMPORTER.keys()
        if not f"{name}.".startswith(f"{ONE_IMPORTER[package]}.")
    ]

    assert not found, listed(found)


@pytest.mark.parametrize("family", ribs.FAMILIES)
def test_one_name_in_four_places(family: str) -> None:
    """A drop-in's file name is its config table, its test and its heading in the docs.

    Exports have no table: who exports chooses at that moment.
    """
    wanted = set(ribs.names(family))
    tests = {name for name in wanted if is_test(f"tests/{family}/test_{name}.py")}
    headings = set(re.findall(r"^## (\S+)$", text_of(f"docs/{family}.md"), re.MULTILINE))
    tables = set(tomllib.loads(text_of("config.example.toml")).get(family, {}))
    places = {
        f"tests/{family}/test_{{}}.py": (tests, wanted),
        f"docs/{family}.md: ## {{}}": (headings, wanted),
        f"config.example.toml: [{family}.{{}}]": (
            tables,
            wanted if family in ribs.CONFIGURED else set(),
        ),
    }

    missing = [place.format(one) for place, (there, due) in places.items() for one in due - there]
    orphans = [place.format(one) for place, (there, due) in places.items() for one in there - due]
    assert not missing, f"hunter/{family}/ has a new part; write {', '.join(sorted(missing))}"
    assert not orphans, f"nothing in hunter/{family}/ is called so: {', '.join(sorted(orphans))}"


def test_each_spelling_has_its_test_and_needs_nothing() -> None:
    """A file of `hunter/spellings/` is letters alone: whoever adds one need know no other part."""
    names = ribs.names("spellings")
    tests = [f"tests/spellings/test_{name}.py" for name in names]
    missing = [test for test in tests if not is_test(test)]
    leaning = [name for name in names if own_imports(PACKAGE / f"spellings/{name}.py")]

    assert not missing, f"hunter/spellings/ has a new part; write {', '.join(missing)}"
    assert leaning == [], "a spelling imports nothing of hunter"


def is_test(path: str) -> bool:
    """Whether it is there, and tests anything."""
    return (ROOT / path).exists() and "def test_" in text_of(path)


def text_of(path: str) -> str:
    """A file of the project, by its path from the top."""
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ribs.names("exports"))
def test_every_choice_of_an_export_stands_in_its_docs(name: str) -> None:
    """docs/exports.md shows each key of `--set` beneath the format's heading, and no other."""
    text = text_of("docs/exports.md")
    section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, f"docs/exports.md has no heading for {name}"
    shown = re.findall(r"^\| `([a-z_]+)` \|", section[1], re.MULTILINE)

    assert sorted(shown) == sorted(ribs.load("exports", name).Settings.model_fields), (
        f"docs/exports.md, ## {name}: a row | `key` | meaning | default | for each key"
    )


@pytest.mark.parametrize("family", ribs.CONFIGURED)
def test_every_setting_stands_in_the_example_config(family: str) -> None:
    """config.example.toml shows each key of each drop-in, live or commented out, and no other."""
    text = text_of("config.example.toml")
    for name in ribs.names(family):
        fields = set(ribs.load(family, name).Settings.model_fields) - IN_EVERY_TABLE
        table = re.search(
            rf"^\[{family}\.{name}\]\n(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL
        )
        where = f"config.example.toml, [{family}.{name}]"
        assert table, f"{where} is missing"
        shown = set(re.findall(r"^(?:# )?([a-z_]+) = ", table[1], re.MULTILINE))
        hidden = ", ".join(sorted(fields - shown))

        assert not hidden, f"{where}: show {hidden}; each live or as `# key = example`"
        assert shown - fields - IN_EVERY_TABLE == set(), f"{where}: no such setting"


@pytest.mark.parametrize("family", ribs.FAMILIES)
def test_every_drop_in_offers_what_its_contract_asks(family: str) -> None:
    """A drop-in has the members of its Protocol, and its settings are frozen."""
    members = {
        "sources": ("Settings", "gather"),
        "enrichers": ("Settings", "FIELDS", "AFTER", "wants", "enrich"),
        "notifiers": ("Settings", "FOLLOWS_STATE", "CARRIES_FILES", "send"),
        "exports": ("Settings", "MEDIA", "SUFFIX", "export"),
    }[family]
    for name in ribs.names(family):
        rib = ribs.load(family, name)

        lacking = [member for member in members if not hasattr(rib, member)]

        assert not lacking, (
            f"hunter/{family}/{name}.py lacks {', '.join(lacking)}: see hunter/contracts.py"
        )
        assert rib.Settings.model_config["frozen"], name


def test_no_enricher_waits_for_itself() -> None:
    """The enrichers can be put in an order in which each comes after those it builds on."""
    waiting = {name: set(ribs.load("enrichers", name).AFTER) for name in ribs.names("enrichers")}

    while waiting:
        ready = {name for name, after in waiting.items() if not after & waiting.keys()}
        assert ready, f"these wait for each other: {sorted(waiting)}"
        waiting = {name: after for name, after in waiting.items() if name not in ready}


def test_only_the_two_guards_catch_everything() -> None:
    """A catch-all hides faults; it stands in the per-item and the per-job guard only."""
    found = set()
    for name, path in modules():
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for node in ast.walk(function):
                    if isinstance(node, ast.ExceptHandler) and _catches_all(node):
                        found.add((name, function.name))

    more = [
        f"{name}, {function}: name the errors that it expects" for name, function in found - GUARDS
    ]
    assert not more, listed(more)
    assert found == GUARDS


def _catches_all(handler: ast.ExceptHandler) -> bool:
    names = (
        {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
        if handler.type
        else {"Exception"}
    )
    return bool(names & {"Exception", "BaseException"})


def test_files_stay_small() -> None:
    """A spine file that passes 400 lines becomes a package; a drop-in stays under 200."""
    lines = {name: len(path.read_text("utf-8").splitlines()) for name, path in modules()}
    bounds = {True: (200, "its way out may go to net/"), False: (400, "make it a package")}
    allowed = {name: bounds[name.split(".")[0] in RIBS] for name in lines}
    long = [
        f"{name} has {count} lines, {allowed[name][0]} at most: {allowed[name][1]}"
        for name, count in lines.items()
        if count > allowed[name][0]
    ]

    assert not long, listed(long)


def test_no_vague_names() -> None:
    """A file is named for its idea."""
    vague = {"utils", "util", "helpers", "manager", "base", "common", "misc"}

    found = [
        f"{name}: name it for its idea" for name, _ in modules() if name.split(".")[-1] in vague
    ]
    assert not found, listed(found)


def test_the_lock_names_no_index() -> None:
    """requirements.lock holds hashes and versions, and not where anybody gets packages from."""
    text = (ROOT / "requirements.lock").read_text()

    assert re.findall(r"https?://|file:|--index|--find-links|--extra-index", text) == []
    assert "certstream==" in text
    assert not list(ROOT.glob("uv.lock")) + list(ROOT.glob("pylock*.toml"))
