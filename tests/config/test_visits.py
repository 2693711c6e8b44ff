"""Those who must not touch a suspect's server never do."""

from pathlib import Path

import pytest

from hunter import config

TEXT = """
[[brand]]
domain = "en-marche.fr"
[enrichers.page]
enabled = true
[enrichers.certificate]
enabled = true
"""


@pytest.mark.parametrize("visits", [True, False])
def test_without_visits_no_enricher_goes_there(tmp_path: Path, visits: bool) -> None:
    """Whatever the config turns on; the others stay, and the config knows it for a reload."""
    path = tmp_path / "config.toml"
    path.write_text(TEXT, encoding="utf-8")
    found = config.load(path, visits=visits)

    assert ({"page", "certificate"} <= found.enrichers.keys()) is visits
    assert visits or {"page", "certificate"}.isdisjoint(found.enrichers)
    assert {"dns", "rdap"} <= found.enrichers.keys()
    assert found.visits is visits
