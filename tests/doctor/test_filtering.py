"""Resolvers through which a lookalike that is listed looks gone."""

import pytest

from hunter.doctor import filtering
from hunter.net.dns import DnsDoor


@pytest.mark.parametrize("server", ["9.9.9.9", "[2620:fe::fe]:53", "1.1.1.2:53", "86.54.11.1"])
def test_a_resolver_that_leaves_out_names_is_a_fault(server: str) -> None:
    """As it is written in the config, with its port or without."""
    (found,) = filtering.checks(DnsDoor((server,)).servers())

    assert "lookalikes look gone" in found.message
    assert "dns_servers" in found.hint


@pytest.mark.parametrize("server", ["9.9.9.10", "1.1.1.1", "127.0.0.1:5353", "::1", "86.54.11.100"])
def test_one_that_leaves_out_nothing_is_none(server: str) -> None:
    """Nor is one of your own."""
    assert list(filtering.checks(DnsDoor((server,)).servers())) == []


def test_without_any_in_the_config_those_of_the_machine_are_asked() -> None:
    """Which are the ones that matter then."""
    found = DnsDoor().servers()

    assert found
    assert all(":" in server for server in found)
