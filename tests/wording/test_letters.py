"""The letters of a takedown packet, in both languages."""

import re
import string
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from hunter.model import REOPENED, AlertState, PastFact, Transition
from hunter.wording import letters_english, letters_french
from hunter.wording.letters import LANGUAGES, Addressee, Matter, is_active, letter, readme
from tests.world.alerts import AT, LIVE, STEERS, hostile
from tests.world.cases import case, hostile_case

ROLES = ("registrar", "host", "cdn", "platform", "registry")
PLACE = "80.82.69.134"


def matter(suffix: str = "fr", **fields: Any) -> Matter:
    """What the letters are about: the founding case, with other facts where they are given."""
    whole = case()
    dossier = replace(whole.dossier, fields={**whole.dossier.fields, **fields})
    return Matter(whole.alert, dossier, whole.history, AT, suffix)


ANEW = "reopened since it was registered anew"


def said_of(whole: Matter, *kinds: str) -> Matter:
    """The same after this was made of the alert, one after the other."""
    steps = tuple(
        Transition(AT, REOPENED if kind == ANEW else kind, "", is_anew=kind == ANEW)
        for kind in kinds
    )
    return replace(whole, alert=replace(whole.alert, transitions=steps))


def addressee(role: str, **more: Any) -> Addressee:
    """Somebody whose name and contact are not known."""
    return Addressee(role, place=PLACE, **more)


def words(texts: Any) -> Iterator[str]:
    """Every text of a catalogue's value."""
    if isinstance(texts, str):
        yield texts
    else:
        for one in texts.values() if isinstance(texts, dict) else texts:
            yield from words(one)


def test_both_languages_say_the_same_things() -> None:
    """The same texts under the same names, with the same places to fill."""
    english, french = (
        {name: value for name, value in vars(module).items() if name.isupper() and name[0] != "_"}
        for module in (letters_english, letters_french)
    )

    assert english.keys() == french.keys()
    for name in english.keys() - {"REASONS"}:
        assert _fields(english[name]) == _fields(french[name]), name
        assert _shape(english[name]) == _shape(french[name]), name


def _fields(texts: Any) -> list[set[str]]:
    parsed = (string.Formatter().parse(text) for text in words(texts))
    return [{field for _, field, _, _ in parts if field} for parts in parsed]


def _shape(texts: Any) -> Any:
    if isinstance(texts, dict):
        return {key: _shape(value) for key, value in texts.items()}
    return len(texts) if isinstance(texts, tuple) else 1


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_letter_says_what_it_must(role: str, language: str) -> None:
    """What is claimed and what is not, what was seen and when, what is asked, what to fill in."""
    catalogue: Any = LANGUAGES[language]
    told = letter(addressee(role), matter(), language)
    plain = told.replace("\N{NO-BREAK SPACE}", " ")

    for heading in (catalogue.CLAIMS, catalogue.LIMITS, catalogue.SEEN, catalogue.ASKS):
        assert heading.upper() in told
    assert "    onedrive-en-marche[.]fr\n" in told
    assert "johnpinch[@]mail[.]com" in told
    assert {"en": "2017-04-24 06:00", "fr": "24 avril 2017 à 06:00"}[language] in plain
    assert "UTC" in told
    assert catalogue.SIGNED in told
    assert max(map(len, told.splitlines())) <= 100


def test_an_unknown_addressee_is_said_and_where_to_look() -> None:
    """Never a guess."""
    unknown = letter(addressee("host"), matter(), "en")
    known = letter(addressee("host", name="Quasi", contact="abuse@quasi.example"), matter(), "en")

    assert "To: the hosting provider, whose name is not known" in unknown
    assert f"`whois {PLACE}` prints it" in unknown
    assert "To: Quasi (the hosting provider)\nBy: abuse@quasi.example\n" in known


def test_what_could_not_be_found_out_is_said() -> None:
    """With the reason, in the reader's language where it is a known one."""
    english, french = (letter(addressee("registrar"), matter(), one) for one in LANGUAGES)

    assert "- Holder's organisation: withheld by the registry" in english
    assert "Organisation du titulaire\xa0: information masquée par le registre" in french


@pytest.mark.parametrize(("language", "said"), [("en", "told by a CERT"), ("fr", "selon a CERT")])
def test_what_somebody_told_is_told_as_their_word_until_they_take_it_back(
    language: str, said: str
) -> None:
    """A slip that was mended must not reach a registrar as something that was seen."""
    holds = PastFact("en-marche.co", "origin_ip", "193.29.187.40", "told by a CERT", AT, AT, None)
    slip = replace(holds, value="193.29.187.99", ended_at=AT)
    whole = matter()
    told = letter(
        addressee("host"), replace(whole, history=(*whole.history, holds, slip)), language
    )

    assert f"193[.]29[.]187[.]40 (en-marche[.]co) ({said}" in " ".join(told.split())
    assert "193[.]29[.]187[.]99" not in told


@pytest.mark.parametrize(
    ("language", "provider", "said"),
    [
        ("en", "sighting", "03a1 (told by a public log of"),
        ("fr", "sighting", "03a1 (selon un journal public de"),
        ("en", "dns", "03a1 (told by DNS"),
        ("fr", "dns", "03a1 (selon le DNS"),
        ("fr", "whois", "03a1 (selon le WHOIS"),
    ],
)
def test_who_told_is_said_in_words_that_a_stranger_knows(
    language: str, provider: str, said: str
) -> None:
    """And not by what the part of hunter is called that asked."""
    whole = matter()
    serial = PastFact(whole.alert.domain, "cert_serial", "03a1", provider, AT, AT, None)
    told = letter(addressee("registrar"), replace(whole, history=(serial,)), language)

    assert said in " ".join(told.split())


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_an_international_name_is_shown_as_people_see_it(language: str) -> None:
    """An abuse desk that reads xn--n-marche-b8g sees no likeness."""
    whole = matter("com")
    one = replace(whole, alert=replace(whole.alert, domain="xn--n-marche-b8g.com"))

    assert "\u0435n-marche[.]com" in letter(addressee("registrar"), one, language)
    assert LANGUAGES[language].SHOWN_AS[:20] not in letter(addressee("host"), whole, language)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_letter_names_the_protected_name_in_its_letters(language: str) -> None:
    """Whoever signs for café.fr does not sign for xn--caf-dma.fr."""
    whole = matter()
    one = replace(whole, alert=replace(whole.alert, brand="xn--caf-dma.fr"))
    told = letter(addressee("registrar"), one, language)

    assert "café[.]fr" in told
    assert "xn--" not in told


def test_a_day_in_a_letter_is_written_as_its_language_does() -> None:
    """With the moments around it."""
    whole, to = matter(), addressee("registrar")
    held = PastFact(whole.alert.domain, "registered", 20170315, "rdap", AT, AT, None)
    english, french = (
        letter(to, replace(whole, history=(*whole.history, held)), one) for one in LANGUAGES
    )

    assert "Registered: 2017-03-15" in english
    assert "Enregistré le : 15 mars 2017" in french.replace("\N{NO-BREAK SPACE}", " ")
    assert "2017-0" not in french


def test_without_abuse_seen_no_suspension_is_asked() -> None:
    """Only a look; a page that asks for a password, or a person's word, changes that."""
    quiet = matter()
    seen = matter(page_password=True, page_form_domain="evil.example")
    confirmed = said_of(quiet, AlertState.CONFIRMED)

    assert [is_active(one) for one in (quiet, seen, confirmed)] == [False, True, True]
    assert "clientHold" not in letter(addressee("registrar"), quiet, "en")
    told = letter(addressee("registrar"), seen, "en")
    assert "clientHold" in told
    assert "What is typed into that page goes to evil[.]example." in told
    assert "We have examined it ourselves" in letter(addressee("registrar"), confirmed, "en")


@pytest.mark.parametrize("away", [True, False])
def test_of_a_page_that_is_away_the_letter_says_when_it_was_met(*, away: bool) -> None:
    """Whoever reads that it asks for a password looks, and finds none."""
    whole = matter(page_password=True)
    later = AT + timedelta(days=40 if away else -40)
    history = tuple(
        PastFact(whole.alert.domain, "page_status", value, "page", at, at, None, unknown)
        for value, at, unknown in (
            (200, AT, ""),
            (None, later, "the server cannot be reached: Connection refused"),
        )
    )
    told = " ".join(letter(addressee("registrar"), replace(whole, history=history), "en").split())

    assert "A page under it asks visitors for a password." in told
    assert ("We met that page last on 2017-04-24 06:00. Since then it could" in told) is away
    without = replace(matter(), history=history)
    assert "We met that page" not in letter(addressee("registrar"), without, "en")


def test_the_brand_s_own_page_behind_a_redirect_is_no_abuse() -> None:
    """Its sign-in is met there: to report it as a copy that takes passwords would be false."""
    met = {"page_password": True, "page_similarity": 100, "page_similar_to": "https://x.fr/"}
    home = matter(**met, page_at_brand=True, page_form_domain="sso.example")
    told = letter(addressee("registrar"), home, "en")

    assert not is_active(home)
    assert "clientHold" not in told
    assert not {"password", "resembles", "typed"} & set(told.replace(".", " ").split())
    assert is_active(said_of(home, AlertState.CONFIRMED))


def test_a_page_behind_a_redirect_is_said_to_be_another_s() -> None:
    """Whoever is led there may know nothing of the name that leads there."""
    away = matter(page_password=True, page_final_domain="bank.example")
    told = letter(addressee("registrar"), away, "en")

    assert is_active(away)
    assert "A page under it leads visitors on to bank[.]example." in told
    assert "The page there asks visitors for a password." in told
    assert "A page under it asks" not in told


@pytest.mark.parametrize(
    ("after", "stands"),
    [
        ((AlertState.ESCALATED,), True),
        ((AlertState.CLOSED,), True),
        ((AlertState.CLOSED, REOPENED), True),
        ((AlertState.CLOSED, ANEW), False),
        ((AlertState.CLOSED, ANEW, AlertState.CONFIRMED), True),
    ],
)
def test_what_a_person_confirmed_was_examined_until_it_is_registered_anew(
    after: tuple[str, ...], *, stands: bool
) -> None:
    """To escalate it takes nothing back; a name that was bought anew may be an honest holder's."""
    whole = said_of(matter(), AlertState.CONFIRMED, *after)

    assert is_active(whole) is stands
    told = letter(addressee("registrar"), whole, "en")
    assert ("We have examined it ourselves" in told) is stands


def test_a_rule_is_named_only_where_it_binds() -> None:
    """ICANN's binds no registrar for a country's ending."""
    registrar, host = addressee("registrar"), addressee("host")

    assert "3.18.2" not in letter(registrar, matter("fr"), "en")
    assert "3.18.2" in letter(registrar, matter("com"), "en")
    assert "2022/2065" in letter(host, matter("fr"), "en")


def test_a_name_that_resembles_nothing_claims_no_likeness() -> None:
    """It was found by what it shares, and the letter says so."""
    whole = matter()
    match = replace(whole.alert.match, technique="track", matched="", term="")
    told = letter(
        addressee("registry"), replace(whole, alert=replace(whole.alert, match=match)), "en"
    )

    assert "is linked to names that look like en-marche[.]fr" in told
    assert "The name itself does not resemble" in told
    assert "mail-en-marche[.]fr and portal-office[.]fr" in " ".join(told.split())


def test_of_what_only_shares_a_value_the_page_says_to_find_out_whose_it_is() -> None:
    """Until somebody confirmed it: the mailbox may be a firm's, which the squatter wrote down."""
    whole = matter()
    linked = replace(whole.alert, match=replace(whole.alert.match, technique="track", matched=""))
    about = replace(whole, alert=linked)
    pages = (readme((), one, "en") for one in (about, said_of(about, AlertState.CONFIRMED), whole))

    assert ["Find out whose it is" in " ".join(told.split()) for told in pages] == [
        *(True, False, False),
    ]


def test_the_page_beside_the_letters_says_what_to_do() -> None:
    """Whom to write to, the registry's ways, and that nothing was sent."""
    ways = {"report": "https://r.example", "disclosure": "https://d", "dispute": "https://s"}
    to = (addressee("registrar"), addressee("registry", name="Afnic", ways=ways))
    told = readme(to, matter(), "en")

    assert "Nothing was sent to anybody" in " ".join(told.split())
    assert "Afnic (the registry of .fr)" in told
    assert "https://d" in told
    assert "Nobody as host" in told
    assert "WAYS AT THE REGISTRY" not in readme(to[:1], matter(), "en")


@limits(max_examples=60)
@given(hostile, st.sampled_from(ROLES), st.sampled_from(list(LANGUAGES)))
def test_hostile_text_is_harmless(text: str, role: str, language: str) -> None:
    """Whatever the world put into names, facts and reasons: nothing steers, nothing to click."""
    whole = hostile_case(text)
    about = Matter(whole.alert, whole.dossier, whole.history, AT, "fr")
    to = Addressee(role, name=text, place=PLACE)
    told = letter(to, about, language) + readme((to,), about, language)

    assert not STEERS.search(told.replace("\xa0", " "))
    ours = re.compile(
        r"https://www\.iana\.org/\S+|`whois [\d.]+`|\S+/alert\.(?:en|fr)\.txt|history\.csv"
    )
    assert not LIVE.search(ours.sub("", told)), told


def test_what_stands_on_a_list_is_told_in_the_letters_language() -> None:
    """Facts have it as an English sentence, which stood in a French letter."""
    whole = matter()
    listed = {"ioc_listing": ("address 80.82.69.134 in JAR of 2016-12-29",)}
    dossier = replace(whole.dossier, fields={**whole.dossier.fields, **listed})
    english, french = (
        " ".join(letter(addressee("host"), replace(whole, dossier=dossier), one).split())
        for one in LANGUAGES
    )

    assert "compromise: address 80[.]82[.]69[.]134 in JAR of 2016-12-29." in english
    assert "adresse 80[.]82[.]69[.]134 dans JAR du 29 décembre 2016." in french


@pytest.mark.parametrize("role", ROLES)
def test_a_french_letter_has_no_blank_that_breaks_before_a_colon(role: str) -> None:
    """Nor in its head, whose lines a mail program may break once more."""
    told = letter(addressee(role), matter(), "fr")

    assert not re.search(r" [:;!?»](?=\s|$)|« ", told)
