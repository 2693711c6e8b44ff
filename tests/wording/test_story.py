"""The story of an incident: complete, hedged, and harmless whatever stands in it."""

import re
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings

from hunter.model import AlertState, Link, PastFact
from hunter.wording import english, story
from hunter.wording import english_incidents as words
from tests.world.alerts import LIVE, STEERS, hostile
from tests.world.incidents import CORE, LOOSE, incident, member


def chapter(heading: str, told=None) -> str:
    """The text under one heading."""
    found = [one for one in (told or story(incident())).chapters if one.heading == heading]
    return "\n".join(found[0].lines) if found else ""


def test_the_case_is_told() -> None:
    """Every domain and host, every link with its reason, the list and the Tor exit with dates."""
    ties, looser, context = map(chapter, (words.TIES, words.LOOSER, words.CONTEXT))

    assert all(domain.replace(".", "[.]") in chapter(words.DOMAINS) for domain in (*CORE, LOOSE))
    assert "mail[.]onedrive-en-marche[.]fr" in chapter(words.DOMAINS)
    assert "johnpinch[@]mail[.]com" in ties
    assert "4 domains in the store carry it" in ties
    assert "en-marche[.]co is attached (strength 0.36 of 1)" in looser
    assert "mail[.]com" in looser
    assert "194[.]187[.]249[.]135 in Grizzly Steppe of 2016-12-29" in context
    assert "last seen as a Tor exit on 2016-10-12, 168 days before" in context
    assert "none now" in context
    assert "193[.]29[.]187[.]40 (told by a partner)" in context


def test_every_reading_stays_open() -> None:
    """Chance, deliberate reuse, muddying; what would confirm and what would refute."""
    otherwise = chapter(words.OTHERWISE)

    assert [reading in otherwise for reading in ("Chance", "reuse", "Muddying")] == [True] * 3
    assert "consistent with one hand" in chapter(words.READING)
    assert chapter(words.CONFIRM)
    assert "en-marche[.]fr" in chapter(words.REFUTE)


def test_every_sentence_about_who_it_was_is_hedged() -> None:
    """A hand, an actor, a group: never without a hedge, and no group is named."""
    about = re.compile(r"\b(hand|actor|group|somebody|who it was|registrant's)\b")
    told = story(incident())
    readings = [
        line
        for one in told.chapters
        if one.heading in {words.READING, words.OTHERWISE, words.LOOSER}
        for line in one.lines
    ]
    hedges = (*english.HEDGES, "chance", "whoever", "consistent")

    assert [
        line
        for line in (*readings, told.caveat)
        if about.search(line) and not any(hedge in line.lower() for hedge in hedges)
    ] == []
    whole = repr(told).lower()
    assert not [
        name for name in ("apt28", "fancy bear", "russia", "gru ", "sofacy") if name in whole
    ]


def test_the_course_of_events_is_in_order() -> None:
    """What changed ends where the next begins, and is told once."""
    days = [line[:10] for line in chapter(words.COURSE).splitlines()]

    assert days == sorted(days)
    assert days[0] == "2017-03-15"
    assert "IPv4 addresses 194[.]187[.]249[.]135" in chapter(words.COURSE)


def test_what_somebody_else_tells_too_is_no_event() -> None:
    """Neither when they begin, nor when one of them ends; when both have, it is over."""
    one = member(LOOSE, origin_ip="193.29.187.40")
    (first,) = one.history
    day = timedelta(days=1)
    later = replace(first, provider="another", first_seen=first.first_seen + 3 * day)

    def told(*history: PastFact) -> list[str]:
        found = story(incident(members=(replace(one, history=history),)))
        return [line for line in chapter(words.COURSE, found).splitlines() if "193" in line]

    assert told(first, later) == told(first)
    ended = replace(first, ended_at=first.first_seen + 5 * day)
    assert told(ended, later) == told(first)
    over = replace(later, ended_at=first.first_seen + 9 * day)
    assert [line[:10] for line in told(ended, over)] == ["2017-04-12", "2017-04-21"]
    host = replace(later, subject=f"www.{LOOSE}")
    assert [line[:10] for line in told(first, host)] == ["2017-04-12", "2017-04-15"]
    again = replace(later, first_seen=first.first_seen + 7 * day)
    assert [line[:10] for line in told(ended, again)] == ["2017-04-12", "2017-04-17", "2017-04-19"]


def test_an_end_is_told_though_somebody_told_the_next_value_before() -> None:
    """That value has no line on that day, which would have told it."""
    one = member(LOOSE, a="193.29.187.40")
    (first,) = one.history
    moved = first.first_seen + timedelta(days=5)
    left = replace(first, ended_at=moved)
    after = replace(first, value="193.29.187.41", first_seen=moved)
    sooner = replace(after, provider="another", first_seen=moved - timedelta(days=2))

    def days(*history: PastFact) -> list[str]:
        found = story(incident(members=(replace(one, history=history),)))
        return [line[:10] for line in chapter(words.COURSE, found).splitlines() if "193" in line]

    assert days(left, after) == ["2017-04-12", "2017-04-17"]
    assert days(left, after, sooner) == ["2017-04-12", "2017-04-15", "2017-04-17"]


def test_what_is_not_known_is_not_told() -> None:
    """No list, no exit, no delivery network: no chapter about them, and no muddying."""
    plain = incident(members=(member("a.fr"), member("b.fr")), links=())
    told = story(plain)

    assert chapter(words.CONTEXT, told) == ""
    assert chapter(words.LOOSER, told) == ""
    assert "Muddying" not in chapter(words.OTHERWISE, told)


def test_every_kind_of_link_has_its_sentence() -> None:
    """Also one that nobody named yet."""
    traits = (*words.TRAITS, "own_name_servers", "cert_domain", "decision", "habit", "shoe_size")
    links = tuple(Link(trait, "x1", CORE, 0.7, 4, "anna") for trait in traits)
    lines = chapter(words.TIES, story(incident(links=links))).splitlines()

    assert len(lines) == len(traits)
    assert all("x1" in line for line in lines)
    assert "anna decided: x1" in "".join(lines)
    assert "shoe size x1" in "".join(lines)


def test_an_international_name_is_told_as_it_is_shown_too() -> None:
    """Nobody reads xn--; what a browser may show is what deceives."""
    told = story(incident(members=(member("xn--brgerbund-mail-gsb.de"), member(CORE[0]))))

    assert "xn--brgerbund-mail-gsb[.]de (shown as bürgerbund-mail[.]de): registered" in chapter(
        words.DOMAINS, told
    )


def test_a_domain_that_a_text_found_is_not_said_to_share_anything() -> None:
    """A person joined it; hunter came by it through a word in its name."""
    one = member("portal-office.fr", track="string=office")
    both = member("accounts-office.fr", track=("string=office", "registrant_email=x@mail.com"))
    lines = chapter(words.DOMAINS, story(incident(members=(one, both)))).splitlines()

    assert "holds a text that is watched" in lines[0]
    assert "found by what it shares" in lines[1]


def test_what_is_attached_is_not_to_be_blocked_for_that() -> None:
    """A supporter with the same mail provider may be among them."""
    assert "judged by its own alert" in chapter(words.READING)
    core = story(incident(members=(member(CORE[0]), member(CORE[1]))))
    assert "judged by its own alert" not in chapter(words.READING, core)


def test_it_is_told_of_which_days_the_lists_of_tor_exits_speak() -> None:
    """The last day that somebody was seen may be the last day that somebody looked."""
    known = {"tor_exit_last": 20161012, "tor_exit_address": "194.187.249.135"}
    covers = ("20161001-20161012", "odd")
    one = member(CORE[0], a="194.187.249.135", tor_exit_covers=covers, **known)
    told = story(incident(members=(one, member(CORE[1]))))

    assert "speak of 2016-10-01 to 2016-10-12, and of no other day." in chapter(words.CONTEXT, told)


def test_an_address_that_was_only_told_is_hedged_in_its_link() -> None:
    """What a partner says of the server behind a CDN is not stated as what was seen."""
    link = Link("address", "80.82.69.134", CORE[:2], 0.8, 2, told=(CORE[1], "gone.example"))
    told = chapter(words.TIES, story(incident(links=(link,))))

    assert "(strength 0.80 of 1: 2 domains are known to share it)" in told
    assert "For mail-en-marche[.]fr it is what somebody told of the server behind" in told


def test_it_is_said_why_what_hundreds_carry_still_tells_something() -> None:
    """As how many they count; where each counts, the number alone says it."""
    link = Link("registrant_email", "johnpinch@mail.com", CORE, 0.93, 600, hands=3)
    told, each = (
        chapter(words.TIES, story(incident(links=(replace(link, hands=hands),))))
        for hands in (3, 600)
    )

    assert "600 domains in the store carry it and count as 3, for what looks like" in told
    assert "(strength 0.93 of 1: 600 domains in the store carry it)" in each


def test_who_took_back_what_they_told_is_named_no_more() -> None:
    """The value stands while another tells it, and in that one's name alone."""
    one = member(LOOSE, core=False, cdn="Cloudflare", origin_ip="193.29.187.40")
    fact = next(fact for fact in one.history if fact.field == "origin_ip")
    back = replace(fact, provider="told by a guesser", ended_at=fact.last_seen)
    other = replace(fact, field="a", provider="dns")
    whole = incident(members=(member(CORE[0]), replace(one, history=(fact, back, other))))
    told = chapter(words.CONTEXT, story(whole))

    assert "may be 193[.]29[.]187[.]40 (told by a partner)" in " ".join(told.split())


def test_hundreds_of_domains_are_counted() -> None:
    """A person reads the first of them."""
    many = tuple(member(f"domain{number}.fr") for number in range(300))
    told = story(
        incident(members=many, links=(Link("a", "x", tuple(m.domain for m in many), 0.9, 300),))
    )

    assert chapter(words.DOMAINS, told).endswith("… and 240 more")
    assert "and 288 more" in chapter(words.TIES, told)


@settings(max_examples=60)
@given(hostile)
def test_hostile_values_are_harmless(text: str) -> None:
    """No line can be clicked, none steers the reader, wherever the world put the text."""
    fields = dict.fromkeys(
        (
            *("name", "registered", "a", "ns_domain", "past_ns_domain", "ioc_listing", "ioc_list"),
            *("ioc_list_date", "ioc_value", "tor_exit_last", "tor_exit_address", "cdn"),
            *("origin_ip", "as_name", "matched"),
        ),
        text,
    )
    links = tuple(
        Link(trait, text, (text, LOOSE), strength, 2, text)
        for trait in ("registrant_email", "habit", "decision", "own_name_servers", "unheard_of")
        for strength in (0.9, 0.3)
    )
    bad = incident(
        members=(member(text, **fields), member(LOOSE, core=False, **fields)),
        links=links,
        brands=(text,),
    )
    told = story(replace(bad))
    lines = [told.title, *(line for one in told.chapters for line in one.lines)]

    assert [line for line in lines if STEERS.search(line) or LIVE.search(line)] == []


def test_what_the_same_links_attach_is_told_once() -> None:
    """A flood attaches dozens by one habit: neither the reason nor its hedge stands there twice."""
    loose = tuple(f"en-marche-{number}.shop" for number in range(20))
    attached = tuple(member(domain, core=False) for domain in loose)
    link = Link("registrant_name", "A B", (CORE[0], *loose), 0.2, 40)
    told = story(incident(members=(*map(member, CORE), *attached), links=(link,)))

    (looser,) = chapter(words.LOOSER, told).splitlines()
    assert "en-marche-0[.]shop, en-marche-1[.]shop" in looser
    assert "and 8 more are attached (strength of each 0.36 of 1)" in looser
    assert chapter(words.READING, told).count("what attaches them is a habit") == 1


def test_what_happened_to_many_on_one_day_is_one_line() -> None:
    """In its place in time; what befell one alone has a line of its own."""
    together = [member(domain, registered=20170401) for domain in CORE]
    told = chapter(words.COURSE, story(incident(members=(*together, member(LOOSE))))).splitlines()

    (line,) = [one for one in told if one.startswith("2017-04-01")]
    assert line.startswith("2017-04-01  accounts-office[.]fr, mail-en-marche[.]fr, ")
    assert line.endswith("and portal-office[.]fr: registered")
    assert "2017-04-12  en-marche[.]co: registered" in told


def test_of_a_long_course_both_ends_are_told() -> None:
    """How it stands today is asked for more often than what lies between."""
    many = [
        member(f"en-marche-{n}.shop", registered=20170101 + n, a=f"192.0.2.{n}") for n in range(31)
    ]
    told = chapter(words.COURSE, story(incident(members=tuple(many)))).splitlines()

    assert len(told) == 60
    assert told[0] == "2017-01-01  en-marche-0[.]shop: registered"
    assert sum(line.startswith("…") for line in told) == 1
    assert told[-1].endswith("hunter opened the alert")


def test_it_is_said_where_each_alert_stands() -> None:
    """Whoever takes over sees what was looked at already."""
    one = member(CORE[0])
    assert one.alert is not None
    confirmed = replace(one, alert=replace(one.alert, state=AlertState.CONFIRMED))
    told = chapter(
        words.DOMAINS, story(incident(members=(confirmed, member(CORE[1]))))
    ).splitlines()

    assert told[0].endswith("alert: high, confirmed.")
    assert told[1].endswith("alert: high, new.")
