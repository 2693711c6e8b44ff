"""A French campaign: what it hands on and what its people read of the case of 2017 is French."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from tests.world.daemon import hunter

ENGLISH = re.compile(
    r"\b(the|and|with|was|were|registered|strength|severity|opened|raised|changed|until|shown)\b"
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the case was lived through, and whose IT then asked for French."""
    folder = tmp_path_factory.mktemp("house")
    said = hunter("demo", "--folder", str(folder / "demo"))
    assert said.returncode == 0, said.stderr
    config = folder / "demo" / "config.toml"
    english = config.read_text(encoding="utf-8")
    (folder / "english.toml").write_text(english, encoding="utf-8")
    french = english.replace("[[subscriber]]\n", '[[subscriber]]\nlanguage = "fr"\n')
    (folder / "french.toml").write_text(french, encoding="utf-8")
    return folder


def asked(house: Path, *command: str, language: str = "french") -> str:
    """What a command prints, on one line; it ends well and complains of nothing."""
    said = hunter(*command, "-c", str(house / f"{language}.toml"), cwd=house)

    assert (said.returncode, said.stderr) == (0, ""), said.stderr
    return " ".join(said.stdout.split())


def test_the_report_for_the_direction_is_french(house: Path) -> None:
    """The page and the line that says where it is; with rules, techniques and the incident."""
    span = ("--since", "2017-03-01", "--until", "2017-04-30")
    line = asked(house, "report", *span, "--out", "rapport.html")
    page = (house / "rapport.html").read_text(encoding="utf-8")
    told = " ".join(unescape(re.sub(r"(?s)<style>.*?</style>|<[^>]*>", " ", page)).split())

    assert line == "rapport.html : 9 nouvelles imitations, 5 alertes ouvertes"
    assert 'lang="fr"' in page
    for needed in (
        "du 1er mars 2017 au 30 avril 2017 (UTC)",
        "9 nouvelles imitations se sont montrées ; 5 alertes ont été ouvertes",
        "Imitation hébergée chez THCservers",
        "Incident 1 : 4 domaines liés entre eux et un autre moins étroitement",
        "une adresse de portal-office[.]fr, a été vue comme nœud de sortie Tor",
        "n'est pas la preuve d'une intention",
    ):
        assert needed in told, needed
    assert [found[0] for found in ENGLISH.finditer(told.replace("the campaign's IT", ""))] == []


def test_the_story_of_an_incident_and_its_picture_are_french(house: Path) -> None:
    """On the terminal and in the file; the list as well."""
    listed = asked(house, "incidents", "list")
    told = asked(house, "incidents", "show", "en-marche.co", "--graph", "incident.svg")
    drawn = (house / "incident.svg").read_text(encoding="utf-8")

    assert "moins étroitement" in listed
    assert "haute" in listed
    assert told.startswith("Incident 1 : 4 domaines liés entre eux")
    assert told.endswith("dessiné dans incident.svg")
    assert "compatible avec une même main" in told
    assert "24 avril 2017 en-marche[.]co – Serveur d'origine : 193[.]29[.]187[.]40" in told
    assert "ce qu&#x27;ils partagent" in drawn
    assert not ENGLISH.search(told)
    assert not ENGLISH.search(re.sub("<[^>]*>", " ", drawn))


def test_an_alert_is_shown_in_french(house: Path) -> None:
    """As its mail was, with what happened when."""
    told = asked(house, "alerts", "show", "en-marche.co")

    assert "POURQUOI CETTE ALERTE" in told
    assert "HISTORIQUE, EN UTC" in told
    assert "12 avril 2017 à 12:00, ouverte (hunter) : en-marche[.]co a été vu pour la" in told
    assert not ENGLISH.search(told)


@pytest.mark.parametrize(
    "command",
    [
        ("incidents", "list", "--json"),
        ("incidents", "show", "1", "--json"),
        ("incidents", "export", "1", "--format", "csv"),
        ("alerts", "list", "--json"),
        ("alerts", "show", "en-marche.co", "--json"),
    ],
)
def test_programs_get_the_same_in_either_language(house: Path, command: tuple[str, ...]) -> None:
    """Keys and values that somebody's script reads."""
    french, english = (
        hunter(*command, "-c", str(house / f"{one}.toml")) for one in ("french", "english")
    )

    assert (french.returncode, french.stdout) == (0, english.stdout)
    assert french.stdout


def test_english_stays_as_it_was(house: Path) -> None:
    """Whoever asked for nothing reads what they read before."""
    told = asked(house, "incidents", "show", "1", language="english")
    alert = asked(house, "alerts", "show", "en-marche.co", language="english")
    (row,) = asked(house, "incidents", "show", "1", "--json", language="english").splitlines()

    assert told.startswith("Incident 1: 4 domains tied to each other and one more loosely, around")
    assert "2017-04-12 12:00 opened (hunter): en-marche[.]co was seen" in alert
    assert json.loads(row)["story"]["title"] in told


def test_what_a_person_decided_is_answered_in_french(house: Path) -> None:
    """What is not there as well. It comes last, for it takes the incident apart."""
    config = ("-c", str(house / "french.toml"))
    out = hunter("incidents", "split", "1", "portal-office.fr", *config)
    back = hunter("incidents", "merge", "1", "portal-office.fr", "--why", "même kit", *config)
    none = hunter("incidents", "show", "99", *config)
    stranger = hunter("incidents", "show", "autre.fr", *config)

    assert "désormais hors de l'incident 1 : portal-office[.]fr" in out.stdout
    assert "désormais dans l'incident 1 : portal-office[.]fr" in back.stdout
    assert "l'incident 1 comprend maintenant : " in back.stdout
    assert (none.returncode, none.stderr) == (1, "il n'y a pas d'incident 99\n")
    assert stranger.stderr == "autre[.]fr ne fait partie d'aucun incident\n"
