"""What alerts by itself, whatever the evidence adds up to, and how little spoils that."""

import pytest

from hunter.matching import compile_matcher
from hunter.matching.confidence import load_weights
from hunter.model import Brand

IN_CYRILLIC = (
    "\N{CYRILLIC SMALL LETTER EM}\N{CYRILLIC SMALL LETTER A}\N{CYRILLIC SMALL LETTER ES}"
    "\N{CYRILLIC SMALL LETTER GHE}\N{CYRILLIC SMALL LETTER O}\N{CYRILLIC SMALL LETTER PE}"
)
EN_IN_CYRILLIC = "\N{CYRILLIC SMALL LETTER IE}\N{CYRILLIC SMALL LETTER PE}"
MARCHE_IN_CYRILLIC = (
    "\N{CYRILLIC SMALL LETTER EM}\N{CYRILLIC SMALL LETTER A}\N{CYRILLIC SMALL LETTER GHE}"
    "\N{CYRILLIC SMALL LETTER ES}\N{CYRILLIC SMALL LETTER SHHA}\N{CYRILLIC SMALL LETTER IE}"
)


def alerts(name: str, brand: str, *keywords: str) -> bool:
    """Whether it does by itself, and alike where many are scanned."""
    matcher = compile_matcher([Brand(brand, keywords)])
    (match,) = matcher.match(name)
    lines = [hit.match for hit in matcher.scan(name.encode("idna"))]
    assert [match.confidence for match in lines] == [match.confidence]
    return match.confidence >= 0.5


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("enmrch.fr", "en-marche.fr", True),
        ("en-marsh.fr", "en-marche.fr", True),
        ("en-marsh.com", "en-marche.fr", True),
        ("prauton.me", "proton.me", True),
        ("id-nauton.me", "id-noton.me", True),
        ("praton.me", "porton.me", False),
        ("service-publique.fr", "service-public.fr", True),
        ("la-bank-postale.com", "labanquepostale.fr", True),
        ("energie-transfer.com", "energytransfer.com", True),
        ("forestbank.com", "frostbank.com", False),
        ("lock-brand.com", "luckybrand.com", False),
        ("no-marche.fr", "en-marche.fr", False),
        ("une-marche.fr", "en-marche.fr", False),
        ("onei.fr", "oney.fr", False),
        ("brands1.fr", "brindisi.fr", False),
        ("instinet.com", "instan-t.com", False),
        ("ksch.club", "kitsch.club", False),
    ],
)
def test_other_vowels_under_the_brands_own_ending_alert(name, brand, alarm):
    """Not when consonants are few or others, nor a word. One sound spelt otherwise does anywhere.

    Words that sound as the brand's do, each for each, are meant as these; of `en` is left too
    little for that. So are several that sound together as a long name in one word.
    """
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("emgie.fr", "engie.fr", True),
        ("engi.fr", "engie.fr", True),
        ("ptoton.me", "proton.me", True),
        ("ptoton.de", "proton.me", False),
        ("engtie.fr", "engie.fr", True),
        ("reconqvcte.fr", "reconquete.fr", True),
        ("reconqvcte.com", "reconquete.fr", False),
        ("netanask.io", "metamask.io", True),
        ("cmgie.fr", "engie.fr", False),
        ("bamame.fr", "banane.fr", False),
        ("party.fr", "darty.fr", False),
        ("livi.fr", "lidl.fr", False),
        ("emgie.de", "engie.fr", False),
        ("nexom.com", "nexon.com", False),
        ("pro-on.me", "proton.me", False),
    ],
)
def test_a_label_mistyped_under_the_brands_own_ending_alerts(name, brand, alarm):
    """Of five letters and more, though two words meet in it: `pto` and `ton`.

    A longer one with two glyphs, too. Not when it is a word, nor under `com`, where every firm is.
    """
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("areasicurezza-paypal.it", "paypal.com", True),
        ("paypal-servizirisolvi.it", "paypal.com", True),
        ("verizon-redirection-verifcation.info", "verizon.com", True),
        ("verizon-redirection-quartierenord.info", "verizon.com", False),
    ],
)
def test_what_asks_counts_within_a_longer_token_too(name, brand, alarm):
    """Where as a token of its own it would have made an alert."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("phantomwaalet.com", "phantom.app", True),
        ("suportbinance.com", "binance.com", True),
        ("phantomballet.com", "phantom.app", False),
        ("paypalpersonnalsupport.xyz", "paypal.com", True),
        ("microsoftinternetsafety.net", "microsoft.com", True),
        ("banquepriveepalatine.com", "palatine.fr", True),
        ("purplegloveservices.com", "purple.com", False),
        ("amdbpayments.net", "amd.com", False),
        ("skechersnederlandstore.com", "skecher.com", False),
        ("banquepriveelidl.xyz", "lidl.fr", False),
        ("suppoortmicrosoftqz.com", "microsoft.com", False),
        ("phantomboutiqe.com", "phantom.app", False),
    ],
)
def test_what_asks_may_be_misspelt_or_longer_where_it_is_glued(name, brand, alarm):
    """On one side; longer beside a longer name that is no word: `purplegloveservices` is a company.

    Shops and places ask for nothing there either.
    """
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("ofertascarefourr.online", "carrefour.fr"),
        ("hermesrabatt.com", "hermes.com"),
        ("correosenvios.com", "correos.es"),
        ("apple-notifica.com", "apple.com"),
        ("intern-kas.de", "kas.de"),
    ],
)
def test_discounts_parcels_and_notices_are_known_in_more_languages(name, brand):
    """German, Spanish, Italian and Portuguese; each is a word of the trade, or of an intranet."""
    assert alerts(name, brand)


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("stellar.org.sb", "stellar.org", True),
        ("stellar.org.sb", "stellar.net", False),
        ("amazon.com.ee", "amazon.com", False),
        ("nike.com.br", "nike.com", False),
    ],
)
def test_the_brands_whole_domain_before_a_country_alerts(name, brand, alarm):
    """An ordinary word, too; not under `com`, where firms have their branches."""
    assert alerts(name, brand) == alarm


def test_a_mere_keyword_mistyped_alone_does_not_alert():
    """`marchi` is a surname."""
    assert not alerts("marchi.fr", "en-marche.fr", "marche")


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("nintendo.ch", "nintendo.com", True),
        ("znmarche.com", "en-marche.fr", True),
        ("en-marclie.com", "en-marche.fr", True),
        ("chroriopost.com", "chronopost.fr", True),
        ("en-marclle.com", "en-marche.fr", True),
        ("en-marcrle.com", "en-marche.fr", False),
        ("maetmask.com", "metamask.io", True),
        ("maetmask.se", "metamask.io", False),
        ("ohlyfans.se", "onlyfans.com", False),
        ("nicrosoft.ee", "microsoft.com", True),
        ("mercari.se", "mercari.com", False),
        ("groupe3f.fr", "groupeseb.com", False),
        ("horizon1.de", "horizons.fr", False),
        ("nationa1.se", "national.fr", False),
        ("togethr.se", "together.org", False),
        ("lectrium.com", "electrum.org", False),
        ("elictrium.com", "electrum.org", True),
        ("srvcs.online", "services.ai", False),
        ("hoangan.design", "hoonigan.com", False),
        ("santander.edu.mx", "santander.co.uk", False),
        ("switch2.nu", "switcheo.com", False),
    ],
)
def test_a_long_name_alone_alerts_under_every_ending(name, brand, alarm):
    """Of eight letters, with one edit or in letters that pass for its own, too, or by its sound.

    Not of a common word, or as a word and a digit; under the ending of another country it has to
    pass for the brand's.
    """
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("votezmacron.se", True),
        ("votez-macron-zqx.se", False),
        ("emmanuelmacron.com", True),
        ("xq-emmanuelmacron.se", False),
        ("red-macronsecret.com", False),
        ("macron-secret.com", True),
        ("zqxmacron-secret.com", False),
        ("secret-macronix.com", False),
        ("macron-secret.gouv.fr", False),
        ("m.acron-secret.se", False),
        ("hubmacron.se", False),
        ("frischemacronreparto.ch", False),
        ("macronsondages.com", True),
        ("macronsondagesxk.com", False),
        ("macronshops.com", False),
        ("toulousemacron.com", False),
        ("emmanuelmacron2022.com", True),
        ("equipemacron.com", True),
        ("macron-secret.be", False),
        ("macron-auto.cz", False),
        ("login-macron.de", True),
        ("macron-wahl2027.de", True),
        ("macron2-login.de", True),
        ("mymacron-login.es", True),
        ("macron2-secure.cz", True),
        ("macron2-paiement.cz", True),
        ("macron2-webmail.cz", True),
        ("macron2-france.cz", False),
        ("my-macron2.cz", False),
        ("loginmacron2.de", True),
        ("macrona-login.de", True),
        ("macronab-login.de", False),
        ("macron22-vowels.org", True),
        ("macrons-vowels.org", False),
        ("macron-invest-zqx.de", False),
        ("macron-shop.de", False),
        ("emmanuelmacron-officiel.com", True),
        ("emmanuelmacron-zqx.com", False),
        ("emmmanuelmacron.com", True),
        ("wwwemmanuelmacron.com", True),
        ("wwwemmqnuelmacron.com", True),
        ("enmqnuelmacron.com", False),
        ("brigitemacron.com", True),
        ("patrckmacron.com", False),
        ("macronutrients.com", False),
        ("wwwbrigittemacron.fr", True),
        ("cafe-macr.on-login.co.uk", False),
    ],
)
def test_a_surname_with_one_word_alerts_where_nothing_else_is_in_the_label(name, alarm):
    """Letters or two words beside it make another name, and nobody registers under `gouv.fr`.

    A word that begins as one that asks is a word: `sondages`. A longer one before it may be
    misspelt. A shop is somebody's, and so is a name under another country's ending, but for what
    squatters are after. A year is no word.
    """
    assert alerts(name, "en-marche.fr", "macron") == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("lesjeunesavecmacron.com", True),
        ("agriculteurspourmacron.com", True),
        ("womenformacron.org", True),
        ("toutsaufmacron.com", True),
        ("macronwithfrance.org", True),
        ("macronpourlafrance.com", True),
        ("zqxvjavecmacron.com", False),
        ("macronpourzqxvj.com", False),
        ("jeunesavecvousmacron.com", False),
        ("lesjeunesavecmacron.cz", False),
        ("lesjeunesavecmacron.eu", True),
    ],
)
def test_who_is_for_or_against_a_surname_alerts_as_one_word_does(name, alarm):
    """Committees are called so, for a candidate or against, and so is what poses as one."""
    assert alerts(name, "en-marche.fr", "macron") == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("makron.com", True),
        ("makron.cz", False),
        ("macaron.com", False),
        ("makron2027.com", True),
        ("emmanuel-makron.com", True),
        ("emmanuelmakron.com", True),
        ("makron-zqx-xqz.com", False),
        ("macrunbio.com", False),
        ("macranelle.com", False),
        ("emmanuel-makron.cz", False),
        ("makronfrance.com", False),
        ("emmanuelmacorn.com", True),
        ("emmanuelmarcon.com", False),
        ("vote9ttalie.com", False),
    ],
)
def test_a_surname_as_it_sounds_alerts_alone_and_beside_a_word_or_what_asks(name, alarm):
    """Other typos of it are somebody else's name; so is its sound in another country, or a word.

    A digit for a letter at either end is no sound of it, nor are other vowels; and a place is where
    somebody lives.
    """
    assert alerts(name, "en-marche.fr", "macron", "attalie") == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("macronenmarche.com", True),
        ("enmarche-macron.com", True),
        ("macronmarche.net", True),
        ("zqxmacronenmarche.se", False),
        ("macronmacron.se", True),
        ("macronmarcher.se", False),
        ("enmacronmarche.fr", True),
    ],
)
def test_two_of_the_brands_names_alert_where_nothing_else_is_in_the_label(name, alarm):
    """One is what people call it, two are meant."""
    assert alerts(name, "en-marche.fr", "marche", "macron") == alarm


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("securitytxt.se", "txt.es"),
        ("openseason.ie", "opensea.io"),
        ("eontechltd.com", "eotech.com"),
        ("vincenzocastelli.com", "castelli.com"),
    ],
)
def test_one_word_or_what_asks_beside_a_brand_is_no_reason_by_itself(name, brand):
    """Three letters are in many a name, one word makes another of it, and so does an edit."""
    assert not alerts(name, brand)


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("m\N{CYRILLIC SMALL LETTER A}cron.se", True),
        ("zqm\N{CYRILLIC SMALL LETTER A}cronzq.se", True),
        ("xqmacro\N{CYRILLIC SMALL LETTER PE}.se", True),
        ("xqmacronzq.se", False),
    ],
)
def test_a_letter_of_another_alphabet_in_the_name_alerts_wherever_it_stands(name, alarm):
    """Also the last one, and with anything around it: nobody writes so by chance."""
    assert alerts(name, "en-marche.fr", "macron") == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("zq\N{CYRILLIC SMALL LETTER EM}acronzq.se", True),
        ("zq.macro\N{CYRILLIC SMALL LETTER PE}.se", True),
        ("\N{LATIN SMALL LETTER AE}\N{CYRILLIC SMALL LETTER EM}acron.se", True),
        ("macron\N{CYRILLIC SMALL LETTER PE}.se", False),
        ("\N{CYRILLIC SMALL LETTER PE}macron.se", False),
    ],
)
def test_a_letter_of_another_alphabet_alerts_in_the_name_but_not_beside_it(name, alarm):
    """The first letter, the last, and those behind a dot or a ligature are in it."""
    assert alerts(name, "en-marche.fr", "macron") == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        (f"zq{IN_CYRILLIC}.se", True),
        (f"{IN_CYRILLIC}zq.se", True),
        (f"{IN_CYRILLIC}.se", False),
        (f"z\N{CYRILLIC SMALL LETTER A}q.{IN_CYRILLIC}.se", False),
    ],
)
def test_a_name_all_in_another_alphabet_alerts_amid_letters_of_ours(name, alarm):
    """Before it or behind it in its label: a label in one alphabet is a foreign word."""
    assert alerts(name, "en-marche.fr", "macron") == alarm


def test_what_is_in_the_labels_behind_mixes_no_alphabets():
    """A host all in Cyrillic letters, under a domain that mixes its own."""
    host = (
        "\N{CYRILLIC SMALL LETTER PE}\N{CYRILLIC SMALL LETTER A}\N{CYRILLIC SMALL LETTER ER}"
        "\N{CYRILLIC SMALL LETTER ER}\N{CYRILLIC SMALL LETTER PALOCHKA}"
        "\N{CYRILLIC SMALL LETTER IE}\N{CYRILLIC SMALL LETTER PE}"
    )
    found = compile_matcher([Brand("apple.com")]).match(f"{host}.z\N{CYRILLIC SMALL LETTER A}q.se")
    assert not any(match.confidence >= 0.5 for match in found)


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("myledgerlive.com", "ledger.com", True),
        ("walletledgerlive.com", "ledger.com", True),
        ("myledgerzq.com", "ledger.com", False),
        ("thephoenixfoundation.foundation", "phoenix.com", False),
        ("themarchelive.com", "marche.com", False),
        ("copilotchat.sk", "pilot.com", False),
        ("365copilotpro.com", "pilot.com", False),
        ("salesteamcloud.com", "steam.com", False),
        ("verifysteamgiftcards.com", "steam.com", True),
        ("financementcarrefgurplateforme.com", "carrefour.fr", False),
        ("picardieledgersupports.com", "ledger.com", False),
        ("fb-express.se", "fb.com", False),
        ("sharonmediapro.com", "onmedia.com", False),
        ("foundationledgerlogin.com", "ledger.com", False),
    ],
)
def test_a_word_with_what_asks_glued_to_both_sides_alerts(name, brand, alarm):
    """No typo or common word does, nor another that is meant, nor what a company is called."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        (f"en.{MARCHE_IN_CYRILLIC}\N{CYRILLIC SMALL LETTER PE}.se", False),
        (f"{EN_IN_CYRILLIC}.marche\N{CYRILLIC SMALL LETTER PE}.se", True),
    ],
)
def test_a_name_in_two_labels_mixes_alphabets_when_either_does(name, alarm):
    """One label of ours beside one of another alphabet is what registries allow."""
    assert alerts(name, "en-marche.fr") == alarm


def test_no_ending_says_more_than_two_points():
    """Lists of new names have some countries and lack others, which says nothing of squatters."""
    endings = {name: weight for name, weight in load_weights().items() if " ." in name}
    assert len(endings) > 100
    assert max(map(abs, endings.values())) <= 2


def test_a_letter_of_another_alphabet_alerts_in_a_misspelt_name_too():
    """Who writes `le-poste` with a letter of Russian does not mean any other post."""
    assert alerts("le-p\N{CYRILLIC SMALL LETTER O}ste.co.uk", "laposte.fr")


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("en-arche.net", True),
        ("en-marcha.online", True),
        ("on-marche.net", False),
        ("in-marche.net", False),
        ("en-arche-toulouse.net", False),
    ],
)
def test_one_word_of_a_hyphenated_brand_mistyped_alerts_under_any_ending(name, alarm):
    """Though it makes another word; the brand's own hyphen says what is meant."""
    assert alerts(name, "en-marche.fr") == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [("2fen-mache.fr", True), ("252fen-mache.fr", True), ("7ken-mache.fr", False)],
)
def test_the_rest_of_an_escaped_slash_is_what_squatters_glue_to_a_brand(name, alarm):
    """`https%3A%2F%2Fen-mache.fr` loses its signs on the way; other digits are a number."""
    assert alerts(name, "en-marche.fr") == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("wwwlabour.co.uk", "labour.org.uk", True),
        ("httpspd.com", "spd.de", True),
        ("wwwspd.de", "spd.de", True),
        ("wwwlabours.com", "labour.org.uk", False),
        ("webspd.de", "spd.de", False),
        ("wwwspd.gouv.fr", "spd.de", False),
    ],
)
def test_what_an_address_begins_with_glued_to_the_name_alerts(name, brand, alarm):
    """Who types `www` without its dot means the brand; it is the whole label, and no keyword."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("sp\N{LATIN SMALL LETTER D WITH STROKE}.de", "spd.de", True),
        ("\N{LATIN SMALL LETTER S WITH DOT BELOW}pd.de", "spd.de", True),
        ("\N{CYRILLIC SMALL LETTER ER}\N{CYRILLIC SMALL LETTER ER}.es", "pp.es", True),
        ("s-pd.de", "spd.de", False),
        ("spe\N{COMBINING ACUTE ACCENT}.de", "spe.de", True),
    ],
)
def test_in_letters_that_it_does_not_have_a_short_name_alerts_at_home(name, brand, alarm):
    """Under the brand's own ending it is what people read."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [("macron.re", True), ("macron.tv", True), ("macron.cz", False), ("marche.re", False)],
)
def test_a_rare_name_alone_alerts_where_nobody_thinks_of_another_country(name, alarm):
    """Afnic gives names under .re and .pm to anybody in Europe."""
    assert alerts(name, "en-marche.fr", "marche", "macron") == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("za-lando.de", "zalando.com", True),
        ("zalando.de", "zalando.com", False),
        ("drop-box.de", "dropbox.com", False),
        ("tp-link.ee", "tp-link.com", False),
    ],
)
def test_what_a_hyphen_cuts_is_no_firm_of_another_country(name, brand, alarm):
    """Unless that leaves words, or the brand has its hyphen there itself."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("lemond.es", "lemonde.fr", True),
        ("en-march.es", "en-marche.fr", True),
        ("lapost.example", "laposte.fr", False),
        ("edward.sk", "edwards.com", False),
    ],
)
def test_a_name_that_runs_into_its_ending_and_a_letter_more_alerts(name, brand, alarm):
    """Unless it is a word without that."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("allegroo.pl", "allegro.pl", True),
        ("ssantander.es", "santander.es", True),
        ("www.santanderr.es", "santander.es", True),
        ("allegroo.de", "allegro.pl", False),
        ("allegros.pl", "allegro.pl", False),
        ("allegro-o.pl", "allegro.pl", True),
        ("orangee.fr", "orange.fr", False),
        ("paypall.net", "paypal.com", True),
        ("ddiscord.net", "discord.com", True),
        ("ssalesforce.online", "salesforce.com", True),
        ("mmiller.se", "miller.com", False),
        ("energyy.net", "energy.com", False),
        ("venuss.net", "venus.com", False),
    ],
)
def test_the_first_or_last_letter_typed_twice_alerts(name, brand, alarm):
    """At home where that makes no word, and anywhere of a longer name that is none itself."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("login-pp.es", "pp.es", True),
        ("pp-afiliados.es", "pp.es", True),
        ("fdp-mitglieder.de", "fdp.de", True),
        ("fdpwahlkampf.de", "fdp.de", True),
        ("fdpwahlkampf.se", "fdp.de", False),
        ("pp-tejados.es", "pp.es", False),
    ],
)
def test_beside_a_lure_the_brands_own_ending_does_not_speak_against_it(name, brand, alarm):
    """Firms have their names under a country's ending, but so do the imitations of its brands."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("twitch-anmeldung.de", "twitch.tv", True),
        ("mypaypal-refund.es", "paypal.com", True),
        ("wise-women.de", "wise.com", False),
        ("eko-loan.se", "eko.com", True),
        ("ekoloan.se", "eko.com", False),
        ("richardtwitch-official.se", "twitch.tv", False),
    ],
)
def test_no_country_speaks_against_a_brand_of_none_beside_what_is_stolen(name, brand, alarm):
    """In a token of its own; a firm there may be called so when it is glued to the name."""
    assert alerts(name, brand) == alarm


def test_what_an_address_begins_with_glued_to_a_keyword_tells_less():
    """That may be a word."""
    assert not alerts("wwwmarche.com", "en-marche.fr", "marche")


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("wwwdpctolib.com", "doctolib.fr", True),
        ("loginnettlix.com", "netflix.com", True),
        ("rovloxlogin.info", "roblox.com", True),
        ("loginenmorche.com", "en-marche.fr", True),
        ("voteenmorche2027.com", "en-marche.fr", True),
        ("loginnetflxsecure.com", "netflix.com", True),
        ("wwwpaypak.com", "paypal.com", False),
        ("parispaypol.com", "paypal.com", False),
        ("netfljxww.com", "netflix.com", False),
        ("loginpaypolweb.com", "paypal.com", False),
        ("logingorage.com", "garage.com", False),
        ("unrelated.loginnettlix.pages.dev", "netflix.com", True),
        ("sspotify-webmail.net", "spotify.com", True),
        ("ddiscordconnexion.info", "discord.com", True),
        ("ssalesforcelogin.net", "salesforce.com", True),
        ("oorange-login.com", "orange.fr", False),
        ("aspotify-webmail.net", "spotify.com", False),
    ],
)
def test_a_slip_in_a_name_alerts_where_all_else_of_the_domain_asks(name, brand, alarm):
    """Not in its first or last letter, beside what asks for nothing, or in an ordinary word."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("rvolut.com.evil.info", "revolut.com", True),
        ("login-airnb.com.evil.net", "airbnb.com", True),
        ("paypa.com-verify.net", "paypal.com", True),
        ("revolt.com.evil.info", "revolut.com", False),
        ("airnb.evil.net", "airbnb.com", False),
        ("airnb.community.evil.net", "airbnb.com", False),
        ("slacj.com.evil.net", "slack.com", False),
    ],
)
def test_the_whole_domain_mistyped_alerts_under_another(name, brand, alarm):
    """Where its name is no word and long enough that the ending tells."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("em-marche.xk7q.net", "en-marche.fr", True),
        ("en-karche.evil.eu", "en-marche.fr", True),
        ("un-marche.evil.eu", "en-marche.fr", False),
        ("en-karche-xq.evil.eu", "en-marche.fr", False),
    ],
)
def test_a_host_alerts_whose_label_is_a_longer_name_with_an_edit(name, brand, alarm):
    """As the registrable domain does; what reads as words is no slip."""
    assert alerts(name, brand) == alarm
