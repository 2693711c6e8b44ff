"""What every spelling offers, and that one file is enough."""

import subprocess
import sys
from pathlib import Path

import pytest

from hunter import ribs, spellings
from hunter.matching.terms import TWISTS
from hunter.wording import english, french

NEWCOMER = '''"""Every vowel as an x."""

TECHNIQUE = "newcomer"
DISGUISED = {"en": "with its vowels crossed out", "fr": "sans ses voyelles"}
REASON = "`{seen}` is {written} with its vowels crossed out"
VIEW = "raw"
SOUGHT = True
TYPOS_FROM = None
IS_LANGUAGE = False
COST = 3


def spellings(plain, words):
    yield ("".join("x" if char in "aeiou" else char for char in plain),)
'''
STORY = """
import sys
import hunter.spellings
hunter.spellings.__path__.append(sys.argv[1])
from hunter.matching import compile_matcher
from hunter.model import Brand
from hunter.permutations import permute
from hunter.wording.likeness import sentence_for_match

(match,) = compile_matcher([Brand("en-marche.fr")]).match("login-xnmxrchx.com")
print(match.technique, match.confidence >= 0.5)
print(match.reason)
print(sentence_for_match(match))
print({one.domain: one.fuzzer for one in permute("en-marche.fr")}["xnmxrchx.fr"])
"""


def test_one_file_is_a_technique(tmp_path: Path) -> None:
    """It is sought by the compiled loops, named, told in words, and proposed to be looked up."""
    (tmp_path / "newcomer.py").write_text(NEWCOMER, encoding="utf-8")

    said = subprocess.run(
        [sys.executable, "-c", STORY, str(tmp_path)], capture_output=True, text=True, check=True
    )

    technique, reason, sentence, fuzzer = said.stdout.splitlines()
    assert technique == "newcomer+combosquatting True"
    assert reason == "`xnmxrchx` is en-marche with its vowels crossed out"
    assert "with its vowels crossed out" in sentence
    assert fuzzer == "newcomer"


def test_one_that_lacks_something_says_what_and_where(tmp_path: Path) -> None:
    """All of it at once, and before pytest has found a single test."""
    half = NEWCOMER.replace("SOUGHT =", "_SOUGHT =").replace("COST =", "_COST =")
    (tmp_path / "newcomer.py").write_text(half, encoding="utf-8")

    said = subprocess.run(
        [sys.executable, "-c", STORY, str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert said.stderr.splitlines()[-1] == (
        "TypeError: hunter/spellings/newcomer.py lacks SOUGHT, COST:"
        " see the Protocol in hunter/spellings/__init__.py"
    )


@pytest.mark.parametrize("name", ribs.names("spellings"))
def test_each_offers_what_its_contract_asks(name: str) -> None:
    """A view there is, and a sentence with both places filled."""
    one, where = spellings.every()[name], f"hunter/spellings/{name}.py"

    assert one.VIEW in {"raw", "glue", "fold"}, f"{where}: VIEW is raw, glue or fold"
    said = one.REASON.format(seen="Makron", written="macron")
    assert not said or ("Makron" in said and "macron" in said), (
        f"{where}: REASON has {{seen}} and {{written}}, or is empty"
    )
    assert all(isinstance(words, tuple) for words in one.spellings("en2marche", ("en", "marche")))


@pytest.mark.parametrize("name", ribs.names("spellings"))
def test_each_is_told_in_both_languages(name: str) -> None:
    """In its own words or those there are; else a mail says no more than "in disguise"."""
    one = spellings.every()[name]
    told = [
        language
        for language, words in (("en", english), ("fr", french))
        if language in one.DISGUISED or one.TECHNIQUE in words.TECHNIQUES
    ]

    assert told == ["en", "fr"], (
        f"DISGUISED of hunter/spellings/{name}.py ends a sentence in en and fr:"
        ' "with its words in another order"'
    )


def test_no_two_are_called_alike() -> None:
    """One that was copied with its sibling's name would be told, weighed and priced as that one."""
    called: dict[str, list[str]] = {}
    for name, one in spellings.every().items():
        called.setdefault(one.TECHNIQUE, []).append(f"hunter/spellings/{name}.py")
    shared = {technique: files for technique, files in called.items() if len(files) > 1}

    assert not shared, f"give the new one a TECHNIQUE of its own: {shared}"


def test_the_loops_can_number_them() -> None:
    """With four bits of what they tell: `_scenes.pxi` and `weighing.py` have to have more then."""
    assert len(TWISTS) <= 1 << 4


@pytest.mark.parametrize("name", ribs.names("spellings"))
def test_none_yields_hundreds(name: str) -> None:
    """Each is a row in every table of the search, or a question to a resolver."""
    words = ("la", "france", "insoumise", "2")

    assert len(set(spellings.every()[name].spellings("".join(words), words))) <= 24
