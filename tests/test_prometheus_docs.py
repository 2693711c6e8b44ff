"""The sample dashboard and alert rules ask for figures that there are."""

import json
import re
from pathlib import Path

import yaml

from hunter.metrics import FAMILIES

FOLDER = Path(__file__).parents[1] / "docs" / "prometheus"


def expressions() -> list[str]:
    """Every PromQL expression in the samples."""
    dashboard = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
    rules = yaml.safe_load((FOLDER / "alerts.yml").read_text(encoding="utf-8"))
    found = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    return found + [rule["expr"] for group in rules["groups"] for rule in group["rules"]]


def test_every_figure_that_is_asked_for_exists() -> None:
    """And every figure there is is shown somewhere, but for when a part's state began."""
    asked = set(re.findall(r"hunter_[a-z_]+", " ".join(expressions())))

    assert asked - FAMILIES.keys() == set()
    assert FAMILIES.keys() - asked == {"hunter_part_since_seconds", "hunter_log_behind_entries"}


def test_labels_that_are_asked_for_exist() -> None:
    """Grouping by a label that no figure has would draw one line."""
    labels = {label for family in FAMILIES.values() for label in family.labels}
    asked = {
        label.strip()
        for group in re.findall(r"by \(([^)]+)\)", " ".join(expressions()))
        for label in group.split(",")
    }

    assert asked - labels == set()
