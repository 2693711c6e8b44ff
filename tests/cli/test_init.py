"""`hunter init`: the five questions."""

import shlex
import subprocess
import tomllib
from pathlib import Path

from tests.world.daemon import hunter


def asked(folder: Path, *answers: str) -> tuple[int, str]:
    """Give the answers, one a line; the exit status and all that was said."""
    done = hunter("init", cwd=folder, answers="\n".join(answers) + "\n")
    return done.returncode, done.stdout + done.stderr


def test_five_answers_make_a_config_that_passes_check(tmp_path: Path) -> None:
    """As a person would give them."""
    status, said = asked(
        tmp_path,
        "En-Marche.fr",
        "marche, macron",
        "en-marche-doc.fr",
        "it@en-marche.fr, boss@en-marche.fr",
        "smtp.en-marche.fr",
    )
    checked = hunter("check", cwd=tmp_path)
    written = tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))

    assert status == 0, said
    assert [f"{number}." in said for number in range(1, 7)] == [True] * 5 + [False]
    assert checked.returncode == 0, checked.stderr
    assert "set contact under [net]" in checked.stderr
    assert len(checked.stderr.splitlines()) == 1
    assert written["brand"][0]["domain"] == "en-marche.fr"
    assert written["brand"][0]["keywords"] == ["marche", "macron"]
    assert written["subscriber"][0]["channels"]["email"] == ["it@en-marche.fr", "boss@en-marche.fr"]
    assert written["notifiers"]["email"]["tls"] == "starttls"
    assert written["sources"]["registrations"]["feeds"] == [{"preset": "afnic-fr"}]


def test_one_answer_is_enough(tmp_path: Path) -> None:
    """The rest has a default, and what is still missing is said."""
    status, said = asked(tmp_path, "example.org", "", "", "", "")

    check = next(line for line in said.splitlines() if " check -c " in line)
    assert status == 0
    assert (
        subprocess.run(shlex.split(check, comments=True), cwd=tmp_path, check=False).returncode == 0
    )
    assert "nobody is told" in said
    assert " alerts list -c config.toml  # what it found, in another shell" in said
    assert hunter("check", cwd=tmp_path).returncode == 0


def test_an_end_in_the_middle_writes_nothing_and_is_told(tmp_path: Path) -> None:
    """Whoever goes away has not answered; a script is told which answer it owes."""
    status, said = asked(tmp_path, "example.org", "", "")

    assert status == 2
    assert "no answer to: 4. Mail addresses" in said
    assert "Aborted" not in said
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_understood_is_asked_again(tmp_path: Path) -> None:
    """With a hint, as often as it takes."""
    answers = ("http://x/", "x.fr", "a", "exam", "", "nobody", "it@x.fr", "h:99999", "h.fr:465")
    status, said = asked(tmp_path, *answers)

    assert status == 0
    assert said.count("hint:") == 4
    assert 'tls = "tls"' in (tmp_path / "config.toml").read_text(encoding="utf-8")


def test_a_config_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    """It is said before the first question."""
    (tmp_path / "config.toml").write_text("mine", encoding="utf-8")
    status, said = asked(tmp_path, "example.org")

    assert status == 2
    assert "is there already" in said
    assert "1." not in said
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == "mine"


def test_a_file_that_can_never_be_is_told_before_the_first_question(tmp_path: Path) -> None:
    """Its name is too long, say, or it stands in a closed folder."""
    done = hunter("init", "-c", str(tmp_path / ("x" * 300)), answers="example.org\n")

    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be written: File name too long\n    hint: name a file" in done.stderr


def test_a_domain_with_accents_stands_in_the_config_as_it_was_written(tmp_path: Path) -> None:
    """Whoever reads the file later knows it by its letters."""
    status, _ = asked(tmp_path, "énergie-marché.fr", "", "énergie.fr", "", "")
    written = tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))

    assert status == 0
    assert written["brand"][0]["domain"] == "énergie-marché.fr"
    assert written["brand"][0]["owned"] == ["énergie.fr"]


def test_whoever_is_to_be_told_is_shown_how_to_try_that(tmp_path: Path) -> None:
    """Where nobody is told there is nothing to try."""
    _, told = asked(tmp_path, "example.org", "", "", "it@example.org", "localhost")
    (tmp_path / "config.toml").unlink()
    _, untold = asked(tmp_path, "example.org", "", "", "", "")

    assert " trial -c " in told
    assert " trial -c " not in untold


def test_a_name_of_several_words_is_told_how_to_be_a_keyword(tmp_path: Path) -> None:
    """With hyphens, as people in it are found."""
    status, said = asked(
        tmp_path, "example.org", "Emmanuel Macron", "emmanuel-macron", "", "", "localhost"
    )

    assert status == 0
    assert "hyphens between words: emmanuel-macron" in said
