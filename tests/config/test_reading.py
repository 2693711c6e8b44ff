"""A config that is no TOML is told in one sentence, with line, key and what to do."""

import os
from pathlib import Path

import pytest

from hunter.config.reading import tables_in, text_of
from hunter.errors import Fault, YoursToFix

BRAND = '[[brand]]\ndomain = "en-marche.fr"\n'


def fault_in(path: Path, content: bytes) -> Fault:
    """What is wrong with a file that holds this."""
    path.write_bytes(content)
    with pytest.raises(YoursToFix) as caught:
        tables_in(path, text_of(path))
    (fault,) = caught.value.faults
    return fault


@pytest.mark.parametrize(
    ("text", "where", "hint"),
    [
        ('[[brand]]\ndomain = "en-marche.fr\n', "line 2: brand.1.domain", "ends with a quote"),
        ("[[brand]]\ndomain = en-marche.fr\n", "line 2: brand.1.domain", "stand in quotes"),
        (BRAND + 'domain = "other.fr"\n', "line 3: brand.1.domain", "it stands there twice"),
        (BRAND + "[net]\n[store]\n[net]\n", "line 5: net", "put what stands in both into one"),
        (BRAND + 'keywords = ["a" "b"]\n', "line 3: brand.1.keywords", "a comma parts"),
        (BRAND + 'keywords = ["a",\n"b"\n"c"]\n', "line 5: brand.1.keywords", "a comma parts"),
        (BRAND + 'keywords = ["a"\nowned = []\n', "line 4: brand.1.keywords", "ends with ]"),
        (BRAND + 'keywords = ["a"', "line 3: brand.1.keywords", "ends with ]"),
        (BRAND + 'path = "C:\\Users"\n', "line 3: brand.1.path", "single quotes"),
        ('domain "en-marche.fr"\n', "line 1", "stands ="),
        ("[[brand]]\ndomain = “en-marche.fr”\n", "line 2: brand.1.domain", "plain quotes"),
        (BRAND + "keywords = [« marche »]\n", "line 3: brand.1.keywords", "plain quotes"),
        (BRAND + "[net]\nallow_private = yes\n", "line 4: net.allow_private", "true or false"),
        (BRAND + "[net]\nallow_private = True\n", "line 4: net.allow_private", "true or false"),
        (BRAND + "[net]\nallow_private = oui\n", "line 4: net.allow_private", "true or false"),
        (BRAND + "// ours\n", "line 3: brand.1.domain", "a remark begins with #"),
        (BRAND + "; ours\n", "line 3: brand.1.domain", "a remark begins with #"),
        (BRAND + 'keywords = ["a"];\n', "line 3: brand.1.keywords", "nothing stands behind"),
        ("[net]\nx = {\n a = 1\n}\n", "line 2: net.x", "stands on one line"),
        ("[net]\nx = { a = 1, }\n", "line 2: net.x", "none before the }"),
        ("[net]\nx = { a = 1; b = 2 }\n", "line 2: net.x", "with commas between"),
        (
            BRAND + "quiet = '22:00-07:00\"\nzone = 'x'\n",
            "line 3: brand.1.quiet",
            "ends with a quote",
        ),
        (BRAND + "[notifiers.email\nport = 1\n", "line 3: notifiers.email", "stands in [ ]"),
        (BRAND + '[[brand]\ndomain = "x.fr"\n', "line 3: brand.2", "and in [[ ]]"),
        ("[net]\nx = { a = 1\n", "line 2: net.x", "stands on one line"),
        ("x = " + "[" * 5000, "", "stand in quotes"),
        (".".join("x" * 2000) + " = 1\n", "", "stand in quotes"),
        ("x = " + "9" * 5000 + "\n", "", "fewer digits"),
    ],
)
def test_what_is_no_toml_is_told_with_line_and_key(
    tmp_path: Path, text: str, where: str, hint: str
) -> None:
    """Also where a list without an end goes on to the next key."""
    fault = fault_in(tmp_path / "config.toml", text.encode())

    assert fault.where == where
    assert hint in fault.hint


def test_what_is_no_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    """As an editor of long ago saves accents."""
    fault = fault_in(tmp_path / "config.toml", (BRAND + "# le café\n").encode("latin-1"))

    assert (fault.where, fault.message) == ("line 3", "is not UTF-8 text")


def test_a_line_separator_in_a_comment_counts_as_no_line(tmp_path: Path) -> None:
    """Nor does it in editors: what follows would be told a line too far down."""
    fault = fault_in(tmp_path / "config.toml", f"# a\u2028b\n{BRAND}keywords = x\n".encode())

    assert fault.where == "line 4: brand.1.keywords"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_windows_marks_and_line_ends_change_nothing(tmp_path: Path, end: str) -> None:
    """A byte order mark and CRLF, as Notepad writes them."""
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + BRAND.replace("\n", end).encode())

    assert tables_in(path, text_of(path)) == {"brand": [{"domain": "en-marche.fr"}]}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_config_that_is_closed_to_who_asks_has_the_right_path(tmp_path: Path) -> None:
    """As one that root wrote with a strict umask is to the service."""
    path = tmp_path / "config.toml"
    path.write_text(BRAND, encoding="utf-8")
    path.chmod(0o000)
    with pytest.raises(YoursToFix) as caught:
        text_of(path)

    assert "chmod 0644" in caught.value.faults[0].hint
