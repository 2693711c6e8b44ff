"""By which ways a lookalike could show itself."""

from pathlib import Path

import pytest

from hunter.contracts import Settings
from hunter.coverage import State, coverage
from hunter.ct.choice import CHOICE
from hunter.model import Report
from hunter.sources import ct_logs, permutations, registrations
from hunter.store.reports import Standing
from tests.world.hunting import START, small_config

SOURCES = {
    "ct_logs": ct_logs.Settings(),
    "permutations": permutations.Settings(),
    "registrations": registrations.Settings(feeds=(registrations.Feed(preset="afnic-fr"),)),
}


def ways(folder: Path, *reports: Report, brand: str = "en-marche.fr") -> dict[str, tuple[str, str]]:
    """Each way of the brand: state and why."""
    config = small_config(folder, sources=SOURCES)
    found = coverage(config, [Standing(report, START) for report in reports])
    return {way.name: (str(way.state), way.why) for way in found if way.brand == brand}


def well(source: str, subject: str = "", healthy: bool = True) -> Report:
    """How a source fares."""
    return Report(f"sources.{source}", healthy, "gone", START, subject)


def test_what_works_is_open_and_what_is_off_is_closed(tmp_path: Path) -> None:
    """With the reason."""
    found = ways(tmp_path, well("ct_logs", "a"), well("registrations"), well("permutations"))

    assert found == {
        "certificates": ("open", ""),
        "new registrations": ("open", ""),
        "likely names in DNS": ("open", ""),
        "known registrants": ("closed", "[sources.reverse_whois] has no account"),
        "known servers": ("closed", "[sources.passive_dns] has no account"),
    }


def test_one_log_of_several_in_trouble_degrades(tmp_path: Path) -> None:
    """All of them close the way."""
    some = ways(tmp_path, well("ct_logs", "a"), well("ct_logs", "b", healthy=False))
    all_of_them = ways(tmp_path, well("ct_logs", "b", healthy=False))

    assert some["certificates"] == ("degraded", "1 of 2 in trouble: b")
    assert all_of_them["certificates"] == ("closed", "all of it is in trouble: gone")


def test_a_list_of_logs_that_can_be_had_opens_nothing(tmp_path: Path) -> None:
    """Where no log was read yet, or every one is in trouble, no certificate is seen."""
    settings = ct_logs.Settings()
    beside = (settings.list_url, settings.other_lists[0], CHOICE)
    lists = [well("ct_logs", one) for one in beside]
    unread = ways(tmp_path, *lists)
    in_trouble = ways(tmp_path, well("ct_logs"), *lists, well("ct_logs", "a", healthy=False))

    assert unread["certificates"] == ("degraded", "has not reported yet")
    assert in_trouble["certificates"] == ("closed", "all of it is in trouble: gone")


@pytest.mark.parametrize("subject", ["", "queue"])
def test_what_a_source_says_of_itself_opens_nothing(tmp_path: Path, subject: str) -> None:
    """Where the only list is in trouble, the way is closed, whatever else is well."""
    found = ways(
        tmp_path,
        well("registrations", subject),
        well("registrations", "afnic-fr", healthy=False),
    )

    assert found["new registrations"] == ("closed", "all of it is in trouble: gone")


def test_before_the_first_report_nothing_is_promised(tmp_path: Path) -> None:
    """A source that has never answered is not open."""
    assert ways(tmp_path)["certificates"] == (str(State.DEGRADED), "has not reported yet")


def test_a_brand_whose_ending_no_list_covers_is_told(tmp_path: Path) -> None:
    """The list of .fr says nothing of .com."""
    settings = {"registrations": SOURCES["registrations"]}
    config = small_config(tmp_path, sources=settings)
    other = config.brands[0].__class__("nationbuilder.com")
    config = small_config(tmp_path, sources=settings, brands=(config.brands[0], other))
    told = [Standing(well("registrations"), START)]
    found = {
        way.brand: way.why for way in coverage(config, told) if way.name == "new registrations"
    }

    assert found == {"en-marche.fr": "", "nationbuilder.com": "no list is of .com"}


def test_a_source_of_ones_own_is_a_way_of_its_own(tmp_path: Path) -> None:
    """Open while it answers; the canary and recorded cases show nothing that anybody registered."""
    own = {"planted": Settings(), "canary": Settings(), "case": Settings()}
    config = small_config(tmp_path, sources=own)

    def found(*reports: Report) -> dict[str, State]:
        told = [Standing(report, START) for report in reports]
        return {way.name: way.state for way in coverage(config, told) if way.name in own}

    assert found() == {"planted": State.DEGRADED}
    assert found(well("planted")) == {"planted": State.OPEN}
    assert found(well("planted", healthy=False)) == {"planted": State.CLOSED}
