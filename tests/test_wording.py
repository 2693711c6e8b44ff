"""What people read: true, hedged, defanged, and harmless whatever it was made from."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hunter import wording
from hunter.model import (
    REOPENED,
    AlertState,
    BrandKind,
    Dossier,
    Evidence,
    Finding,
    Level,
    Match,
    Stage,
    Track,
    Transition,
    Value,
)
from hunter.names import to_ascii
from hunter.notice import Notice
from hunter.wording.as_html import html
from hunter.wording.as_slack import payload
from hunter.wording.as_text import WIDTH, text
from hunter.wording.likeness import sentence_for_match
from tests.world.alerts import (
    AT,
    DOSSIER,
    LIVE,
    MATCH,
    REGISTRANT,
    SHARED,
    STEERS,
    alert,
    hostile,
    makers,
    notice,
)

TRACK = Track("registrant_email", "johnpinch@mail.com", "en-marche.fr", "mail-en-marche.fr")
LINKED = Match(
    "accounts-office.fr",
    "accounts-office.fr",
    "en-marche.fr",
    "track",
    "",
    (0, 0),
    0.0,
    wording.sentence_for_track(TRACK),
)


def lookalike(name: str, technique: str, matched: str, term: str = "en-marche") -> Match:
    """A match of `matched` where it stands in `name`."""
    start = name.index(matched)
    return Match(
        name,
        name,
        "en-marche.fr",
        technique,
        matched,
        (start, start + len(matched)),
        0.8,
        "it does",
        term=term,
    )


@pytest.mark.parametrize(
    ("unicode", "technique", "told"),
    [
        ("votez-en-marche-émile.fr", "combosquatting", "carries your name en-marche between"),
        ("en-marche-émile.рф", "combosquatting", "en-marche with the word émile after it"),
        ("énmarche.fr", "combosquatting", "carries your name en-marche"),
        ("en-marche.рф", "tld-swap", "is your name en-marche under another ending"),
    ],
)
def test_what_stands_beside_is_told_of_an_international_name(
    unicode: str, technique: str, told: str
) -> None:
    """Its Punycode shows no words, and only another ending is called so."""
    name = to_ascii(unicode)
    match = replace(lookalike(name, technique, name.split(".")[0]), unicode=unicode)
    headline = sentence_for_match(match)

    assert headline.startswith(f"{name.replace('.', '[.]')} (shown as {unicode[:3]}")
    assert told in headline
    assert ("ending" in headline) is ("ending" in told)


@pytest.mark.parametrize("unicode", ["", "mail-en-m\u0430rche.fr"])
def test_a_match_without_a_term_is_told_by_what_was_matched(unicode: str) -> None:
    """The term has a default, and whoever makes a match by hand may leave it out."""
    match = replace(lookalike("mail-en-marche.fr", "combosquatting", "en-marche"), term="")

    told = "carries your name en-marche with the word mail in front of it"
    assert told in sentence_for_match(replace(match, unicode=unicode))


@pytest.mark.parametrize(
    ("match", "headline"),
    [
        (
            MATCH,
            (
                "onedrive-en-marche[.]fr carries your name en-marche"
                " with the word onedrive in front of it"
            ),
        ),
        (
            lookalike("en-marche.co", "tld-swap", "en-marche"),
            "en-marche[.]co is your name en-marche under another ending",
        ),
        (
            lookalike("en-marche.org", "combosquatting", "en-marche"),
            "en-marche[.]org is your name en-marche under another ending",
        ),
        (
            lookalike("en-marche-don-2017.fr", "combosquatting", "en-marche"),
            (
                "en-marche-don-2017[.]fr carries your name en-marche"
                " with the words don and 2017 after it"
            ),
        ),
        (
            lookalike("my-en-marche-login.com", "combosquatting", "en-marche"),
            "my-en-marche-login[.]com carries your name en-marche between my and login",
        ),
        (
            lookalike("webmail-en-rnarche.com", "homoglyph+combosquatting", "en-rnarche"),
            (
                "webmail-en-rnarche[.]com carries en-rnarche, which is your name en-marche"
                " in letters that look alike, with the word webmail in front of it"
            ),
        ),
        (
            lookalike("en-marhe.fr", "omission", "en-marhe"),
            "en-marhe[.]fr is your name en-marche with a letter left out",
        ),
        (
            lookalike("marche-2017.fr", "keyword", "marche", "marche"),
            "marche-2017[.]fr carries your keyword marche with the word 2017 after it",
        ),
        (
            replace(
                lookalike("en-marche.fr.evil.com", "embedding", "en-marche.fr", "en-marche.fr"),
                registrable="evil.com",
            ),
            (
                "en-marche[.]fr[.]evil[.]com puts your domain en-marche[.]fr under another"
                " domain, evil[.]com"
            ),
        ),
        (
            lookalike("enmarsh.fr", "soundalike", "enmarsh"),
            "enmarsh[.]fr is your name en-marche as it sounds",
        ),
        (
            lookalike("en-mrachee.fr", "typo", "en-mrachee"),
            "en-mrachee[.]fr is your name en-marche with several letters wrong",
        ),
        (
            lookalike("marche-en.fr", "token-order", "marche-en"),
            "marche-en[.]fr is your name en-marche with its words in another order",
        ),
        (
            lookalike("en-marche.fr", "brand-new-technique", "en-marche"),
            "en-marche[.]fr is your name en-marche in disguise",
        ),
        (
            replace(
                lookalike("xn--en-mrche-p1a.fr", "homograph", "xn--en-mrche-p1a"),
                unicode="en-mаrche.fr",
            ),
            (
                "xn--en-mrche-p1a[.]fr (shown as en-mаrche[.]fr) is your name en-marche in"
                " letters that look alike, accented or of another script"
            ),
        ),
        (
            replace(
                lookalike(
                    "xn--don-en-march-kbb.fr", "homograph+combosquatting", "xn--don-en-march-kbb"
                ),
                unicode="don-en-marché.fr",
            ),
            (
                "xn--don-en-march-kbb[.]fr (shown as don-en-marché[.]fr) carries your name"
                " en-marche in letters that look alike, accented or of another script"
            ),
        ),
    ],
)
def test_the_headline_says_what_imitates_what_and_how(match: Match, headline: str) -> None:
    """One sentence that a person who is no specialist understands."""
    assert sentence_for_match(match) == headline


def test_a_name_without_likeness_is_told_by_what_it_shares() -> None:
    """The headline does not claim a likeness where a track found the name."""
    told = wording.notice(alert(LINKED), DOSSIER, (), "key")

    assert told.headline.startswith(
        "accounts-office[.]fr does not look like en-marche[.]fr. It shares the registrant's address"
        " johnpinch[@]mail[.]com with mail-en-marche[.]fr"
    )
    assert told.subject == "[HIGH] accounts-office[.]fr is linked to lookalikes of en-marche[.]fr"
    assert told.name_parts == ("", "", "accounts-office[.]fr")
    assert told.facts[0].values == ("none, it was found by what it shares",)


def test_a_partners_name_is_called_so() -> None:
    """The reader's partner is the target: the headline says so, and so does a step."""
    dossier = replace(DOSSIER, fields={**DOSSIER.fields, "brand_kind": "partner"})
    told = wording.notice(alert(), dossier, (), "key")

    assert "your partner's name en-marche" in told.headline
    assert any("Tell your partner en-marche[.]fr" in step for step in told.next_steps)
    assert "partner" not in sentence_for_match(MATCH, BrandKind.BRAND)


@pytest.mark.parametrize(
    ("field", "before", "after", "sentence"),
    [
        (
            "ns",
            ("ns1.monovm.com", "ns2.monovm.com"),
            ("kate.ns.cloudflare.com",),
            (
                "Name servers changed from monovm[.]com to cloudflare[.]com"
                " between 2017-04-13 and 2017-04-24."
            ),
        ),
        (
            "ns",
            ("ns1.monovm.com",),
            ("ns2.monovm.com",),
            (
                "Name servers changed from ns1[.]monovm[.]com to ns2[.]monovm[.]com"
                " between 2017-04-13 and 2017-04-24."
            ),
        ),
        (
            "registrar",
            (),
            ("Registrar SAS",),
            "Registrar appeared between 2017-04-13 and 2017-04-24: Registrar SAS.",
        ),
        (
            "mx",
            ("mail.evil.com",),
            (),
            "Mail servers disappeared between 2017-04-13 and 2017-04-24: mail[.]evil[.]com.",
        ),
        (
            "has_mx",
            (False,),
            (True,),
            (
                "It was given mail servers between 2017-04-13 and 2017-04-24: it can now receive"
                " mail, and send it convincingly."
            ),
        ),
        (
            "asn",
            ("13335",),
            (29073,),
            "Network, AS number changed from AS13335 to AS29073 between 2017-04-13 and 2017-04-24.",
        ),
        (
            "new_field",
            (False,),
            (True,),
            "New field changed from no to yes between 2017-04-13 and 2017-04-24.",
        ),
    ],
)
def test_a_change_is_told_as_a_transition(
    field: str, before: tuple[Value, ...], after: tuple[Value, ...], sentence: str
) -> None:
    """From what, to what, and between which days; hosts by their domain where that is enough."""
    since, until = AT - timedelta(days=11), AT

    assert wording.sentence_for_change(field, before, after, since=since, until=until) == sentence


def test_a_change_may_have_no_days() -> None:
    """What is not known of the time is not made up."""
    told = wording.sentence_for_change("ns_domain", ("monovm.com",), ("cloudflare.com",))

    assert told == "Name servers changed from monovm[.]com to cloudflare[.]com."


def test_steps_up_and_down_are_told_apart() -> None:
    """Severity and stage have sentences for both directions."""
    assert "raised from medium to high" in wording.sentence_for_severity(Level.MEDIUM, Level.HIGH)
    assert "lowered from high to low" in wording.sentence_for_severity(Level.HIGH, Level.LOW)
    assert "mail servers" in wording.sentence_for_stage(Stage.ADDRESS, Stage.MAIL)
    assert "from the stage “mail” to “address”" in wording.sentence_for_stage(
        Stage.MAIL, Stage.ADDRESS
    )
    assert "no longer registered" in wording.sentence_for_stage(Stage.MAIL, Stage.UNREGISTERED)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("level", list(Level))
def test_every_stage_and_level_has_words(stage: Stage, level: Level) -> None:
    """Nothing that the model can hold is without a sentence."""
    assert wording.sentence_for_stage(Stage.UNREGISTERED, stage)
    assert str(level) in wording.sentence_for_finding(replace(REGISTRANT, level=level))


def test_the_notice_holds_what_is_known_and_what_is_not() -> None:
    """Facts as rows with labels; one row for each reason why something is unknown."""
    told = notice()
    facts = {row.label: row.values for row in told.facts}

    assert facts["Likeness"] == ("very strong (0.91 of 1)",)
    assert facts["Score"] == ("60 of 100, from 2 rules",)
    assert facts["Registered"] == ("2017-03-15",)
    assert facts["Name servers"] == ("ns1[.]monovm[.]com", "ns2[.]monovm[.]com")
    assert facts["Network, AS number"] == ("AS29073",)
    assert "Expires" not in facts
    unknown = {row.label: row.values for row in told.unknowns}
    assert unknown == {"Registrant, Registrant's organisation": ("withheld by the registry",)}


def test_the_gravest_finding_comes_first_with_its_evidence() -> None:
    """Each rule that fired stands there with what it rests on, in words."""
    (first, evidence), (_, shared) = notice().findings

    assert first.title == "Registrant's mailbox at mail[.]com, email[.]com or europe[.]com"
    assert evidence == (
        "Registrant's address: johnpinch[@]mail[.]com",
        "Registered: 2017-03-15",
    )
    assert shared[-1] == "Together with: mail-en-marche[.]fr and portal-office[.]fr"


def test_evidence_is_told_in_words_and_without_repeating_the_likeness() -> None:
    """The confidence stands above already; it is told where a rule rests on nothing else."""
    likeness = Evidence("confidence", 0.91)
    track = Evidence("track", "registrant_email=johnpinch@mail.com")
    both, alone = (replace(REGISTRANT, evidence=one) for one in ((likeness, track), (likeness,)))
    told = wording.notice(replace(alert(), findings=(both, alone)), DOSSIER, (), "key")

    assert [evidence for _, evidence in told.findings] == [
        ("Shared value: Registrant's address johnpinch[@]mail[.]com",),
        ("Likeness, from 0 to 1: 0.91",),
    ]


def test_what_a_domain_was_found_by_is_told_once() -> None:
    """It is in the headline: beneath four of five rules stood the registrant's address again."""
    track = Evidence("track", "registrant_email=johnpinch@mail.com")
    listed, alone = (
        replace(REGISTRANT, evidence=one)
        for one in ((track, Evidence("dedicated", value=True)), (track,))
    )
    told = wording.notice(replace(alert(), findings=(listed, alone)), DOSSIER, (), "key")

    assert [evidence for _, evidence in told.findings] == [
        ("Server of its own: yes",),
        ("Shared value: Registrant's address johnpinch[@]mail[.]com",),
    ]


def test_a_likeness_is_the_same_number_wherever_it_stands() -> None:
    """Cut to hundredths: 0.969 in the evidence stood beneath a line that said 0.96."""
    finding = replace(REGISTRANT, evidence=(Evidence("confidence", 0.969),))
    sure = alert(replace(MATCH, confidence=0.969))
    told = wording.notice(replace(sure, findings=(finding,)), DOSSIER, (), "key")

    assert told.findings[0][1] == ("Likeness, from 0 to 1: 0.96",)
    assert "0.96 of 1" in text(told)
    assert "0.97" not in text(told)


@pytest.mark.parametrize("told", [text, html, lambda notice: str(payload(notice))])
def test_a_reference_that_rules_have_in_common_stands_once(told: Callable[[Notice], str]) -> None:
    """Most rules that come with hunter rest on one page, which stood beneath each of them."""
    own = ("https://one.example/of-its-own",)
    another = replace(SHARED, references=(*REGISTRANT.references, *own))
    both = wording.notice(replace(alert(), findings=(REGISTRANT, another)), DOSSIER, (), "key")

    assert told(both).count("parlez-vous-fancy") == 1
    assert told(both).count("of-its-own") == 1


@pytest.mark.parametrize(
    ("sentence", "hedged"),
    [
        ("This is the work of that group.", False),
        ("This is consistent with the habits of that group.", True),
    ],
)
def test_a_rule_that_names_a_group_is_hedged(sentence: str, hedged: bool) -> None:
    """A rule's author may forget it; hunter does not."""
    finding: Finding = replace(REGISTRANT, wording=sentence)
    told = wording.notice(replace(alert(), findings=(finding,)), DOSSIER, (), "key")

    assert ("no proof of it" in told.findings[0][0].wording) is not hedged
    assert "not proof" in told.caveat


def test_a_rule_that_names_nobody_needs_no_hedge() -> None:
    """Nor does one without a sentence of its own get one that hangs in the air."""
    plain = replace(REGISTRANT, wording="It takes mail.", tags=("attack.t1583.001",))
    mute = replace(REGISTRANT, wording="")
    told = wording.notice(replace(alert(), findings=(plain, mute)), DOSSIER, (), "key")

    assert {one.wording for one, _ in told.findings} == {"It takes mail.", ""}


def test_with_what_a_name_shares_a_value_is_told_in_french_too() -> None:
    """Of several tracks, that of the alert's own reason; of one from elsewhere, what is shared."""
    tracks = ("ns_domain=monovm.com", "registrant_email=johnpinch@mail.com")
    dossier = replace(DOSSIER, fields={**DOSSIER.fields, "track": tracks})
    by_hand = replace(LINKED, reason=wording.sentence_for_track(replace(TRACK, because="")))
    before = replace(LINKED, reason="As an older hunter said it.")
    told = [
        wording.notice(alert(match), dossier, (), "key", "fr").headline
        for match in (LINKED, by_hand, before)
    ]

    assert "johnpinch[@]mail[.]com avec mail-en-marche[.]fr, qui fait l'objet d'une" in told[0]
    assert "johnpinch[@]mail[.]com, sous surveillance pour en-marche[.]fr" in told[1]
    assert "serveurs de noms de monovm[.]com, sous surveillance" in told[2]


def test_a_name_that_is_linked_and_no_lookalike_is_told_as_such() -> None:
    """What stays open about it is who has it, for it imitates nobody."""
    linked = replace(alert(), match=replace(MATCH, technique="track", matched="", span=(0, 0)))
    told = wording.notice(linked, DOSSIER, (), "key")
    lookalike = wording.notice(alert(), DOSSIER, (), "key")

    assert "consistent with one hand behind this name and a lookalike of" in told.caveat
    assert "an attempt to imitate" in lookalike.caveat


def test_what_a_person_said_is_told_with_who_said_it() -> None:
    """What hunter says of a state is its own sentence."""
    why = Transition(AT, AlertState.DISMISSED, "a supporter", actor="ana")
    mute = Transition(AT, AlertState.CONFIRMED, "", actor="ana")
    own = Transition(AT, AlertState.CLOSED, "It is gone.", actor="hunter")
    told = wording.notice(alert(), DOSSIER, (why, mute, own), "key")

    assert told.news == (
        "ana set it to dismissed: “a supporter”",
        "ana set it to confirmed.",
        "It is gone.",
    )


@pytest.mark.parametrize(
    ("language", "why", "said"),
    [
        ("en", "", "ana reopened the alert."),
        ("en", "it sends mail", "ana reopened the alert: “it sends mail”"),
        ("fr", "", "ana a rouvert l'alerte."),
        ("fr", "it sends mail", "ana a rouvert l'alerte : « it sends mail »"),
    ],
)
def test_who_reopens_an_alert_is_said_to_reopen_it(language: str, why: str, said: str) -> None:
    """In a sentence of its own: to set it to new, or to declare it so, is what nobody says."""
    reopened = Transition(AT, REOPENED, why, actor="ana")

    assert wording.notice(alert(), DOSSIER, (reopened,), "key", language).news == (said,)


VERDICTS = ("alerts confirm", "alerts dismiss", "takedown")


def steps_for(severity: Level = Level.HIGH, kind: str = "opened", **fields: Value) -> str:
    """The next steps as one text."""
    dossier = Dossier("x-en-marche.fr", "en-marche.fr", AT, fields)
    news = (Transition(AT, kind, "news"),)
    return "\n".join(wording.notice(alert(severity=severity), dossier, news, "k").next_steps)


def test_what_a_shared_value_led_to_is_looked_at_before_it_is_blocked() -> None:
    """It may be a firm's, whose mailbox a squatter wrote into a registration."""
    told = wording.notice(alert(LINKED), DOSSIER, (Transition(AT, "opened", ""),), "key")
    confirmed = Transition(AT, "confirmed", "")
    sure = replace(alert(LINKED), state=AlertState.CONFIRMED, transitions=(confirmed,))
    then = wording.notice(sure, DOSSIER, (confirmed,), "key")

    assert told.next_steps[0].startswith(
        "By itself it does not imitate en-marche[.]fr: find out whose it is"
    )
    assert not any("mail gateway" in step for step in told.next_steps)
    assert "mail gateway" in then.next_steps[0]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nobody_is_warned_of_a_firm_or_reports_it_before_it_is_known_whose_it_is(
    language: str,
) -> None:
    """Its mail is not held, nor its abuse desk written to, whatever its servers do."""
    fields = {**DOSSIER.fields, "page_password": True, "stage": "unregistered"}
    dossier = replace(DOSSIER, domain=LINKED.registrable, fields=fields)
    opened = (Transition(AT, "opened", ""),)
    told = wording.notice(alert(LINKED), dossier, opened, "key", language).next_steps
    confirmed = Transition(AT, AlertState.CONFIRMED, "")
    sure = replace(alert(LINKED), transitions=(*opened, confirmed))
    then = wording.notice(sure, dossier, opened, "key", language).next_steps

    before = " ".join(told)
    assert [before.count(f"hunter {one} 'accounts-office[.]fr'") for one in VERDICTS] == [1, 1, 1]
    assert all("confirm" in step for step in told if "takedown" in step)
    assert "abuse[@]registrar[.]example" not in before
    assert "abuse[@]registrar[.]example" in " ".join(then)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_a_person_may_say_of_an_alert_fits_where_it_stands(language: str) -> None:
    """To confirm or dismiss it; once it is confirmed, to close it."""
    opened, confirmed = Transition(AT, "opened", ""), Transition(AT, AlertState.CONFIRMED, "")

    def verdicts(*steps: Transition) -> list[str]:
        told = wording.notice(
            replace(alert(), transitions=steps), DOSSIER, (opened,), "k", language
        )
        return re.findall("hunter alerts ([a-z]+)", " ".join(told.next_steps))

    assert verdicts(opened) == ["confirm", "dismiss"]
    assert verdicts(opened, confirmed) == ["close"]


def test_the_next_steps_fit_the_kind_of_alert() -> None:
    """Mail is watched where there is mail; reports go to whoever is known."""
    assert "Search the mail logs" in steps_for(has_mx=True)
    assert "Search the mail logs" not in steps_for(has_mx=False)
    assert "Nothing here is urgent" in steps_for(Level.LOW)
    assert "Nothing here is urgent" not in steps_for(Level.MEDIUM)
    assert "Make sure that onedrive-en-marche[.]fr" in steps_for(kind="changed")
    assert "Block onedrive-en-marche[.]fr" in steps_for()
    known = steps_for(registrar="R SAS", abuse_email="a@r.example", as_name="THCServers.com")
    assert "the registrar R SAS at a[@]r[.]example; to the host THCServers[.]com" in known
    assert "to the registry of .fr" in known
    assert "the registrar (not known yet)" in steps_for()
    assert "cloudflare, which stands in front" in steps_for(cdn="cloudflare", as_name="X")
    assert "abuse contact a[@]b[.]c" in steps_for(abuse_email="a@b.c")
    assert "R SAS (abuse contact not known)" in steps_for(registrar="R SAS")
    assert "hunter alerts dismiss 'onedrive-en-marche[.]fr' --why" in steps_for()


def test_nobody_is_sent_to_look_for_whoever_signed_in_at_the_brand_s_own_page() -> None:
    """A lookalike that leads on to it asks for no password itself."""
    assert "asks for a password" in steps_for(page_password=True)
    assert "asks for a password" in steps_for(page_password=True, page_final_domain="x.example")
    home = steps_for(page_password=True, page_at_brand=True)
    assert "asks for a password" not in home


@pytest.mark.parametrize("language", ["en", "fr"])
def test_of_a_firm_whose_customer_imitates_only_the_host_is_to_be_blocked(language: str) -> None:
    """All of atlassian.net in the mail gateway would cut off whoever works there."""
    domain, whole, host = "atlassian.net", "atlassian[.]net", "en-marche[.]atlassian[.]net"
    found = lookalike("en-marche.atlassian.net", "embedding", "en-marche")
    match = replace(found, registrable=domain)
    dossier = Dossier(domain, "en-marche.fr", AT, {})
    for kind in ("opened", "changed"):
        told = wording.notice(
            alert(match), dossier, (Transition(AT, kind, "news"),), "k", language=language
        )
        block, beside, *_, yours = told.next_steps

        assert host in block
        assert whole not in block.replace(host, "")
        assert whole in beside.replace(host, "")
        assert f"alerts dismiss '{whole}'" in yours
        assert host in yours


def test_a_domain_that_was_met_beside_its_host_is_to_be_blocked_whole() -> None:
    """Its own name imitates as well, if less plainly, so that it is no stranger's."""
    domain = "don-enmarche.ru"
    found = lookalike(f"en-marche.fr.{domain}", "embedding", "en-marche.fr")
    dossier = Dossier(domain, "en-marche.fr", AT, {"name": (domain, found.name)})
    about = alert(replace(found, registrable=domain))
    steps = wording.notice(about, dossier, (Transition(AT, "opened", ""),), "k").next_steps

    assert steps[0].startswith("Block don-enmarche[.]ru and every name under it")
    assert "don-enmarche[.]ru" not in steps[1]


def test_news_of_another_day_carries_its_day() -> None:
    """After an outage several days' news come at once; what is of today needs no date."""
    news = (
        Transition(AT - timedelta(days=2), "changed", "The registrar changed."),
        Transition(AT, "raised", "Severity raised."),
    )
    told = notice(news=news)

    assert told.news == ("2017-04-22: The registrar changed.", "Severity raised.")
    assert told.kind == "raised"


def test_a_long_list_of_values_is_cut_and_says_so() -> None:
    """A thousand addresses do not fill a screen."""
    many = tuple(f"10.0.0.{number}" for number in range(200))
    dossier = replace(DOSSIER, fields={"a": many})
    row = wording.notice(alert(), dossier, (), "k").facts[-1]

    assert len(row.values) == 9
    assert row.values[-1] == "and 192 more"


def test_the_text_reads_well_in_a_terminal() -> None:
    """72 columns, carets beneath the part that imitates, names whole, sections in order."""
    lines = text(notice()).splitlines()

    assert max(map(len, lines)) <= WIDTH
    name = lines.index("    onedrive-en-marche[.]fr")
    assert lines[name + 1] == "    " + " " * 9 + "^" * 9
    headings = [line for line in lines if line.isupper() and line.isascii() and "." not in line]
    assert headings == [
        "WHAT IS NEW",
        "WHY THIS ALERT",
        "WHAT TO DO NEXT",
        "WHAT IS KNOWN",
        "WHAT COULD NOT BE FOUND OUT",
        "HOW SURE THIS IS",
    ]


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("see http://evil.com/a.b", "see hxxp[:]//evil[.]com/a[.]b"),
        ("x@evil.com, 10.0.0.1.", "x[@]evil[.]com, 10[.]0[.]0[.]1."),
        ("0.92 of 1, THC S.A. (e.g. this)", "0.92 of 1, THC S.A. (e.g. this)"),
        ("451 4.3.0 Try again (4.3.0).", "451 4.3.0 Try again (4[.]3[.]0)."),
        ("554 5.7.1: mx.evil.com", "554 5.7.1: mx[.]evil[.]com"),
        ("4.3.0.1 5.7.1.evil.com", "4[.]3[.]0[.]1 5[.]7[.]1[.]evil[.]com"),
        ("http://5.7.1 5.7.1/a 5.7.1000", "hxxp[:]//5[.]7[.]1 5[.]7[.]1/a 5[.]7[.]1000"),
        (
            "127.0.1 it@5.7.1 [5.7.1] 5.7.1:80",
            "127[.]0[.]1 it[@]5[.]7[.]1 [5[.]7[.]1] 5[.]7[.]1:80",
        ),
        ("evil。com", "evil[.]com"),
        ("\\\\evil\\share", "\\evil\\share"),
        ("done. Next", "done. Next"),
        ("\x1b[31mred\x1b[0m\r\nalert", "red alert"),
        ("\u202eabc\u2066", "abc"),
        ("@here", "[@]here"),
        ("@A.", "[@]A."),
    ],
)
def test_links_and_controls_are_taken_out(raw: str, safe: str) -> None:
    """Nothing to click and nothing that steers a terminal is left; ordinary dots stay."""
    assert wording.harmless(raw) == safe


@given(hostile)
def test_clean_text_is_one_bounded_line_of_visible_characters(raw: str) -> None:
    """Whatever comes in."""
    line = wording.clean(raw, 50)

    assert len(line) <= 50
    assert not STEERS.search(line)
    assert "\n" not in line


@given(hostile)
@example("[.@.]")
@example("0..0")
@example("http://[.]a.b@")
@example("451 4.3.0 5.7.1.com 4。3。0")
def test_harmless_text_stays_as_it_is(raw: str) -> None:
    """Sentences pass it more than once on their way."""
    once = wording.harmless(raw)

    assert wording.harmless(once, 5000) == once
    assert not LIVE.search(once)


@given(makers, hostile)
def test_hostile_text_is_harmless_as_plain_text(make: Callable[[str], Notice], raw: str) -> None:
    """No control, no bidi mark and nothing live in what a text client or terminal shows."""
    shown = text(make(raw))

    assert not STEERS.search(shown)
    assert not LIVE.search(shown)


@given(hostile, st.integers(-9, 99), st.integers(-9, 99), hostile)
def test_any_match_can_be_told(name: str, start: int, end: int, technique: str) -> None:
    """A span that does not fit the name, or a technique never heard of, is no reason to fail."""
    match = replace(MATCH, name=name, span=(start, end), technique=technique)
    told = wording.notice(alert(match), DOSSIER, (), "key")

    assert told.headline
    assert any(told.name_parts)
