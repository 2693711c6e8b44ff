"""Why something is not known is said in French, as far as hunter itself gave the reason."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from hunter import ribs, wording
from hunter.model import Report
from hunter.wording import declared, french_reasons
from hunter.wording.as_text import text
from hunter.wording.catalogue import speaking
from hunter.wording.french_reasons import REASONS, in_french
from hunter.wording.french_troubles import TROUBLES
from hunter.wording.sentences import reason_in_words
from tests.world.alerts import AT, DOSSIER, OPENED, alert

PACKAGE = Path(wording.__file__).parents[1]
OF_BEFORE = {"withheld by the registry"}
REFUSALS = {
    *(
        "WillPass",
        "WillNotPass",
        "Partly",
        "NotPublic",
        "Unwelcome",
        "TooLarge",
        "Trouble",
        "Refused",
        "NotThere",
    ),
    *(
        "BadTreeHead",
        "NoTreeHead",
        "BadLogList",
        "BadPosition",
        "Disproved",
        "Undecodable",
        "NoTls",
    ),
    *("NotAnIndicatorList", "NotAnExitList", "Misfit", "Spent", "_unreadable"),
}


def sentences() -> Iterator[str]:
    """Every text in the code of hunter, with `{}` for each gap."""
    for path in PACKAGE.rglob("*.py"):
        if path.parent.name != "wording":
            for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(part, ast.JoinedStr):
                    texts = (getattr(one, "value", "") for one in part.values)
                    yield "".join(one if isinstance(one, str) else "{}" for one in texts)
                elif isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def test_each_reason_is_one_that_hunter_gives() -> None:
    """Whoever changes a reason's English finds its French here."""
    given = set(sentences())
    asked = {re.sub(r"\{[a-z]+\}", "{}", reason): reason for reason in REASONS | TROUBLES}

    assert [asked[one] for one in asked if one not in given and one not in OF_BEFORE] == []


def raised() -> Iterator[tuple[str, str]]:
    """Whatever those say who ask somebody outside, with `7` for each gap."""
    for family in ("ct", "enrichers", "feeds", "lists", "net", "notifiers", "sources"):
        for path in (PACKAGE / family).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in REFUSALS:
                    yield from ((path.name, said) for said in map(_said, call.args) if said)


def _said(part: ast.expr) -> str:
    if isinstance(part, ast.JoinedStr):
        return "".join(
            str(one.value) if isinstance(one, ast.Constant) else "7" for one in part.values
        )
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else ""


def test_whoever_adds_a_refusal_adds_its_french() -> None:
    """The operator reads it, or it is why something is not known."""
    said = [(where, line) for where, line in raised() if re.search(r"[a-z]{2}", line)]
    english = [(where, line) for where, line in said if in_french(line) == line]

    assert len(said) > 40
    assert english == [], (
        "say in French, in TROUBLES of the part or in hunter/wording/french_troubles.py: "
        + "; ".join(f"{line} ({where})" for where, line in english)
    )


@pytest.mark.parametrize(
    ("english", "french", "said"),
    [
        ("the market answered with {status}", "le marché a répondu : {status}", "répondu : 500"),
        ("the market answered with {status}", "le marché a répondu : {code}", "with 500"),
        ("the market answered with {status}", "le marché a répondu : {", "with 500"),
        ("the market answered with {status}", "le marché a répondu : {}", "with 500"),
        ("the market {status} with {status}", "le marché : {status}", "with 500"),
        ("{why}", "hélas, {why}", "with 500"),
    ],
)
def test_french_of_a_part_that_does_not_fit_costs_itself_alone(
    monkeypatch: pytest.MonkeyPatch, english: str, french: str, said: str
) -> None:
    """One slip in a part of one's own would stop every French mail."""
    part = SimpleNamespace(TROUBLES={"fr": {english: french}})
    monkeypatch.setattr(ribs, "names", lambda family: ("market",) * (family == "enrichers"))
    monkeypatch.setattr(ribs, "load", lambda _family, _name: part)
    monkeypatch.setattr(ribs, "mentions", lambda *_: True)
    for kept in (declared.troubles, french_reasons._patterns):
        kept.cache_clear()
    try:
        assert in_french("the market answered with 500").endswith(said)
        assert in_french("no answer from the name server in time").startswith("le serveur")
    finally:
        for kept in (declared.troubles, french_reasons._patterns):
            kept.cache_clear()


@pytest.mark.parametrize("channel", ribs.names("notifiers"))
def test_of_whichever_channel_it_is_told_in_french(channel: str) -> None:
    """Whoever adds a notifier need not name it here."""
    said = in_french(f"{channel}: the file /run/x should hold one secret on one line")

    assert said == f"{channel} : le fichier /run/x doit contenir un secret, sur une ligne"


def test_a_french_mail_says_in_french_what_could_not_be_found_out() -> None:
    """A provider's own words, which nobody here knows, stay as they are."""
    unknown = {
        "registrant_email": "withheld by the registry or the registrar",
        "registered": "no RDAP server is known for .zz",
        "dedicated": (
            "hunter knows of no other domain there, which proves little; passive DNS could not"
            " tell: no answer in time"
        ),
        "cert_issuer": "of their own making",
    }
    told = wording.notice(alert(), replace(DOSSIER, unknown=unknown), (OPENED,), "1", "fr")

    assert {row.label: row.values[0] for row in told.unknowns} == {
        "Courriel du titulaire": (
            "information masquée par le registre ou le bureau d'enregistrement"
        ),
        "Date d'enregistrement": "aucun serveur RDAP n'est connu pour .zz",
        "Serveur pour lui seul": (
            "hunter n'y connaît aucun autre domaine, ce qui ne prouve pas grand-chose ; le DNS"
            " passif n'a pas pu répondre : pas de réponse à temps"
        ),
        "Émetteur du certificat": "of their own making",
    }
    assert "information masquée par" in text(told)


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("the server answered with status 503", "le serveur a répondu par le code 503"),
        ("whois.nic.fr refuses to answer for now",
         "whois[.]nic[.]fr refuse de répondre pour le moment"),
        ("the list of exits is of 2016-12-01 and tells nothing of that day",
         "la liste des nœuds de sortie est du 1er décembre 2016 et ne dit rien de ce jour-là"),
        ("asked about 2 of its 3 addresses only",
         "interrogé sur 2 de ses 3 adresses seulement"),
        ("today's questions to dnsdb are spent", "les demandes du jour à dnsdb sont épuisées"),
        ("circl refuses the key: status 401", "circl refuse la clé : code 401"),
        ("Team Cymru knows no network that holds 93.184.1.1",
         "Team Cymru ne connaît aucun réseau où soit 93[.]184[.]1[.]1"),
        ("whois.nic.co cannot be resolved: Name or service not known",
         "whois[.]nic[.]co est introuvable dans le DNS : Name or service not known"),
        ("192.0.2.7 is no public address but private",
         "192[.]0[.]2[.]7 n'est pas une adresse publique, mais privée"),
        ("it has no address", "il n'a pas d'adresse"),
        ("rdap.nic.fr did not answer in time", "rdap[.]nic[.]fr n'a pas répondu à temps"),
        ("portal.fr is refused: 10.0.0.1 is private",
         "portal[.]fr est refusé : 10[.]0[.]0[.]1 est privée"),
        ("https://feeds.example/a.gz: answered 503",
         "hxxps[:]//feeds[.]example/a[.]gz : a répondu par le code 503"),
        ("the old rules stay in force:\nrules/x.yml: detection: is not a rule",
         "les anciennes règles restent en vigueur : rules/x[.]yml: detection: is not a rule"),
        ("nothing listens on 93.184.1.1:443", "rien n'écoute sur 93[.]184[.]1[.]1:443"),
        ("the answer of rdap.nic.fr is larger than 1,048,576 bytes",
         "la réponse du serveur rdap[.]nic[.]fr dépasse 1 048 576 octets"),
        ("the list of exits is of 2016-99-01 and tells nothing of that day",
         "la liste des nœuds de sortie est du 2016-99-01 et ne dit rien de ce jour-là"),
        ("other domains at its addresses: 1 known to hunter, 1 to passive DNS",
         "autres domaines à ses adresses : 1 d'après hunter ; 1 d'après le DNS passif"),
        ("{0} {why} answered with status {x}", "{0} {why} a répondu par le code {x}"),
    ],
)  # fmt: skip
def test_what_varies_in_a_reason_is_kept(why: str, told: str) -> None:
    """As it is, defanged; braces of somebody else's are no gaps."""
    with speaking("fr"):
        assert reason_in_words(why) == told
    assert reason_in_words("no answer in time") == "no answer in time"


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (
            "email: 127.0.0.1 could not be used: Unexpected EOF received",
            "email : 127[.]0[.]0[.]1 n'a pas pu être utilisé : Unexpected EOF received",
        ),
        (
            "email: put off: it@example.org: 4.7.1 greylisted",
            "email : remis à plus tard : it[@]example[.]org: 4.7.1 greylisted",
        ),
        (
            "switched off: email: mail.example.org answered 535 5.7.8 no such login",
            "hors service : email : mail[.]example[.]org a répondu : 535 5.7.8 no such login",
        ),
        (
            "5 in a row refused and tried again every hour: slack: the webhook answered 400",
            (
                "refusés de suite, et retentés toutes les heures : 5 ; slack : le webhook a répondu"
                " : 400"
            ),
        ),
        (
            "switched off: slack: chat.postMessage answered channel_not_found",
            "hors service : slack : chat[.]postMessage a répondu : channel_not_found",
        ),
        (
            "delivers; refused: bad@example.org: 5.1.1 no such user",
            "remet les messages ; refusé : bad[@]example[.]org: 5.1.1 no such user",
        ),
        (
            "slack: a web page answered in Slack's place",
            "slack : une page web a répondu à la place de Slack",
        ),
        ("nobody answered the phone", "nobody answered the phone"),
    ],
)
def test_why_a_channel_does_not_deliver_is_told_in_french(why: str, told: str) -> None:
    """What the other side said stays as it is."""
    with speaking("fr"):
        assert reason_in_words(why) == told


CANARY = "the canary of 2017-04-13 12:00 UTC did not come through"
CANARI = "le canari du 13 avril 2017 à 12:00 UTC n'est pas arrivé"


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (f"{CANARY}: no rule was held against it", f"{CANARI} : aucune règle ne lui a été appli"),
        (f"{CANARY}: its letters do not come out at a, b", f"{CANARI} : ses messages ne sortent"),
        ("no canary was let fly since 2017-04-13 12:00 UTC", "aucun canari n'a été lâché depuis"),
        ("no answer in time", "pas de réponse à temps"),
        (
            "8 of 90 names exist; could not tell of 3, mostly because no answer in time",
            "noms qui existent : 8 sur 90 ; sans réponse sûre : 3, le plus souvent parce que : pas",
        ),
        (
            "falls behind: verified to entry 9, 4 behind (2 min); needs 3 of 5 requests/s",
            "prend du retard : vérifié jusqu'à l'entrée 9, 4 de retard (2 min) ; a besoin de 3",
        ),
        (
            "has signed nothing since 2017-04-13 12:00 UTC; verified to entry 9, 0 behind (0 min)",
            "n'a rien signé depuis le 13 avril 2017 à 12:00 UTC ; vérifié jusqu'à l'entrée 9, 0 de",
        ),
        ("ct/v1/get-sth is answered with status 500", "la réponse à ct/v1/get-sth est le code 500"),
        (
            "no good answer since 2017-04-13 12:00 UTC; 4 behind (2 min)",
            "sans bonne réponse depuis le 13 avril 2017 à 12:00 UTC ; 4 de retard (2 min)",
        ),
        (
            "needs 0.07, its host's logs 0.21, of 50 requests/s",
            "a besoin de 0,07 (tous les journaux de son hôte : 0,21) requêtes/s sur 50",
        ),
        (
            "bad tree head: not signed by the log's key",
            "mauvaise signature : elle n'est pas signée par la clé du journal",
        ),
        (
            "shrank: the tree shrank from 9 to 5 entries",
            "perte d'entrées : l'arbre est passé de 9 à 5 entrées",
        ),
        ("'day 1': holds no names", "'day 1' : ne contient aucun nom"),
        (
            "stale: nothing newer than 2017-04-13 12:00 UTC",
            "liste périmée : rien de plus récent que le 13 avril 2017 à 12:00 UTC",
        ),
        (
            "31 rules, 4 correlations, 1 filter in force, set 0a1b",
            "règles : 31, corrélations : 4, filtres : 1 ; en vigueur, jeu 0a1b",
        ),
        (
            "today's 1,000 questions are spent; registrants that wait: 3",
            "demandes du jour épuisées : 1 000 ; titulaires en attente : 3",
        ),
        (
            "slack: none of webhook_url_file, bot_token_file and folder is set",
            "slack : ni webhook_url_file, ni bot_token_file, ni folder n'est renseigné",
        ),
        (
            "the tree head cannot be read: tile 3 holds fewer entries than promised",
            "la tête de l'arbre est illisible : la tuile 3 contient moins d'entrées que promis",
        ),
        (
            "host:81 broke off in the middle of its answer",
            "host:81 s'est interrompu au milieu de sa réponse",
        ),
        ("of theirs; and so on", "of theirs; and so on"),
        ("550 refused", "550 refused"),
    ],
)
def test_trouble_in_hunter_itself_is_told_in_french(message: str, told: str) -> None:
    """Its report is one English sentence, also for the operator who reads French."""
    report = Report("job.canary", False, message, AT)
    french = wording.health_notice([(report, AT)], [], AT, "fr").news[0]
    english = wording.health_notice([(report, AT)], [], AT).news[0]

    assert f" : {told}" in french
    assert f": {message}. " in english
