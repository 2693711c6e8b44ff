"""Block lists."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import settings as limits

from hunter.contracts import Case
from hunter.exports import blocklist
from hunter.exports.blocklist import Settings
from hunter.model import REOPENED, AlertState, Transition
from tests.world.alerts import AT, STEERS, hostile
from tests.world.cases import DOMAIN, HOST, NOW, case, hosted, hostile_cases, nameless

OTHER = "mail-en-marche.fr"
NOWHERE = ("0.0.0.0", "::")


def listed(*cases: Case, **choices: Any) -> tuple[list[str], list[str]]:
    """The comments, and the other lines."""
    lines = blocklist.export(cases, Settings(**choices), NOW).decode().splitlines()
    comments = [line for line in lines if line[0] in "#!"]
    return comments, [line for line in lines if line not in comments]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("plain", [OTHER, DOMAIN]),
        ("ublock", [f"||{OTHER}^", f"||{DOMAIN}^"]),
        (
            "hosts",
            [f"{to} {name}" for name in (OTHER, f"mail.{OTHER}", HOST, DOMAIN) for to in NOWHERE],
        ),
    ],
)
def test_every_style_has_its_lines(style: str, expected: list[str]) -> None:
    """Sorted, each domain once; hosts(5) knows no wildcard and lists what was seen."""
    comments, lines = listed(case(), case(domain=OTHER), case(brand="marche.fr"), style=style)

    assert lines == expected
    assert len(comments) == 1
    assert "2 lookalikes" in comments[0]


def test_what_was_dismissed_is_not_blocked() -> None:
    """Nor spoken of or counted."""
    (comment,), lines = listed(case(AlertState.DISMISSED), case(domain=OTHER))

    assert lines == [OTHER]
    assert comment.startswith("# 1 lookalike, as hunter saw")


@pytest.mark.parametrize(
    ("state", "blocked"),
    [
        (AlertState.NEW, False),
        (AlertState.ACKNOWLEDGED, False),
        (AlertState.ESCALATED, False),
        (AlertState.CONFIRMED, True),
    ],
)
def test_what_imitates_nothing_is_blocked_when_somebody_confirmed_it(
    state: AlertState, *, blocked: bool
) -> None:
    """Whoever registers a lookalike may write the mailbox of a firm that you depend on."""
    one = case(state, domain="firm.example")
    match = replace(one.alert.match, technique="track", matched="", span=(0, 0), confidence=0.0)
    comments, lines = listed(replace(one, alert=replace(one.alert, match=match)))

    assert lines == (["firm.example"] if blocked else [])
    assert blocked or "nobody has confirmed it yet" in comments[1]


ANEW = "reopened since it was registered anew"


@pytest.mark.parametrize(
    ("then", "blocked"),
    [
        ((AlertState.ESCALATED,), True),
        ((AlertState.CLOSED,), True),
        ((AlertState.CLOSED, REOPENED), True),
        ((AlertState.CLOSED, ANEW), False),
        ((AlertState.DISMISSED, REOPENED), False),
    ],
)
def test_what_somebody_confirmed_stays_blocked_until_it_is_dismissed_or_bought_anew(
    then: tuple[str, ...], *, blocked: bool
) -> None:
    """Who hands a confirmed name on to somebody else takes back nothing."""
    one = case(AlertState.CONFIRMED, domain="firm.example")
    alert = one.alert
    match = replace(alert.match, technique="track", matched="", span=(0, 0), confidence=0.0)
    kinds = [REOPENED if kind == ANEW else kind for kind in then]
    steps = [
        Transition(AT + timedelta(hours=hour), kind, "", is_anew=then[hour - 1] == ANEW)
        for hour, kind in enumerate(kinds, start=1)
    ]
    state = AlertState.NEW if kinds[-1] == REOPENED else AlertState(kinds[-1])
    life = (*alert.transitions, *steps)
    later = replace(one, alert=replace(alert, match=match, state=state, transitions=life))

    assert listed(later)[1] == (["firm.example"] if blocked else [])


def test_what_imitates_one_brand_is_blocked_though_another_only_found_it_by_a_track() -> None:
    """Else a squatter's own mailbox would free the name; what is protected stays so."""
    found = case(brand="marche.fr")
    match = replace(found.alert.match, technique="track", confidence=0.0)
    linked = replace(found, alert=replace(found.alert, match=match))

    assert listed(linked, case())[1] == listed(case(), linked)[1] == [DOMAIN]
    assert listed(case(), linked, replace(case(brand="x.fr"), is_left_out=True))[1] == []


def test_one_brand_dismissing_it_does_not_free_it() -> None:
    """Another brand's alert on it stands."""
    assert listed(case(AlertState.DISMISSED), case(brand="marche.fr"))[1] == [DOMAIN]


@pytest.mark.parametrize(
    ("domain", "why"),
    [
        ("pages.dev", "all of a platform"),
        ("co.uk", "all of a platform"),
        ("en-marche.fr", "protected name"),
        ("fr", "no domain name"),
        ("a" * 63 + "." + "b" * 63 + "." + "c" * 63 + ".fr", "longer than"),
    ],
)
def test_no_list_blocks_what_it_must_not(domain: str, why: str) -> None:
    """A platform, an ending, the brand itself: left out, and said so."""
    comments, lines = listed(case(domain=domain))

    assert lines == []
    assert why in comments[1]


@pytest.mark.parametrize(
    ("hosts", "blocked"),
    [
        (("en-marche.atlassian.net",), ["en-marche.atlassian.net"]),
        (("*.EN-MARCHE.atlassian.net.",), ["en-marche.atlassian.net"]),
        (("www.mail-en-marche.atlassian.net",), ["mail-en-marche.atlassian.net"]),
        (
            ("en-marche.atlassian.net", "en-marche-vote.atlassian.net"),
            ["en-marche-vote.atlassian.net", "en-marche.atlassian.net"],
        ),
    ],
)
def test_a_customers_host_does_not_block_the_firm(
    hosts: tuple[str, ...], blocked: list[str]
) -> None:
    """Whoever signs up there as en-marche would have all of it blocked, and the brand's own."""
    assert listed(hosted(*hosts))[1] == blocked


def test_a_domain_that_imitates_by_itself_is_blocked_as_a_whole() -> None:
    """Whatever its hosts are called."""
    itself = case(domain="login-en-marche.com")
    host = hosted("en-marche.login-en-marche.com", domain="login-en-marche.com")

    assert listed(replace(host, others=(itself.alert.match,)))[1] == ["login-en-marche.com"]


def test_hosts_of_a_customer_stand_with_those_below_and_no_others() -> None:
    """The firm's own hosts are seen as well."""
    seen = hosted("en-marche.atlassian.net")
    names = ("en-marche.atlassian.net", "www.en-marche.atlassian.net", "id.atlassian.net")
    fields = {**seen.dossier.fields, "name": names}
    found = replace(seen, dossier=replace(seen.dossier, fields=fields), history=())

    assert listed(found, style="hosts")[1] == [
        f"{to} {name}" for name in names[:2] for to in NOWHERE
    ]


def test_hosts_hold_no_name_for_one_kind_of_address_alone() -> None:
    """dnsmasq asks elsewhere for the other kind, and a browser takes what it gets."""
    lines = [line.split() for line in listed(case(), style="hosts")[1]]

    assert [name for to, name in lines if ":" in to] == [name for to, name in lines if "." in to]


def test_nothing_is_an_empty_list() -> None:
    """So that an old one does not stay in force."""
    assert listed()[1] == []


@limits(max_examples=60)
@given(hostile)
@example("0.0.0.0")
def test_a_domain_that_is_none_stays_in_its_comment(text: str) -> None:
    """No line of a list is of somebody else's making."""
    for style in ("plain", "hosts", "ublock"):
        comments, lines = listed(nameless(text), case(), style=style)

        assert DOMAIN in lines[-1]
        assert len(lines) <= (6 if style == "hosts" else 2)
        assert not any(STEERS.search(line) for line in comments)


@limits(max_examples=30)
@given(hostile_cases)
def test_hosts_below_are_names_or_left_out(given_case: Case) -> None:
    """Whatever a sighting said."""
    wanted = [f"{to} {name}" for name in (HOST, DOMAIN) for to in NOWHERE]
    assert listed(given_case, style="hosts")[1] == wanted
