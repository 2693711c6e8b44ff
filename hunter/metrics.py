"""What is counted while hunter works, and all figures in Prometheus' text format (version 0.0.4).

https://prometheus.io/docs/instrumenting/exposition_formats/. Counts are of this process: they begin
at nothing with each start, which Prometheus expects.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

MEDIA = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Family:
    """One figure by its name: what it means, and what tells its samples apart."""

    help: str
    labels: tuple[str, ...] = ()
    kind: str = "gauge"


FAMILIES: Mapping[str, Family] = {
    "hunter_names_total": Family("Names that a source brought.", ("source",), "counter"),
    "hunter_hits_total": Family("Names that imitate a brand.", ("source",), "counter"),
    "hunter_lookups_total": Family("Questions by outcome.", ("enricher", "outcome"), "counter"),
    "hunter_judged_total": Family("Dossiers held against the rules.", (), "counter"),
    "hunter_rule_seconds_total": Family("Time spent on rules.", (), "counter"),
    "hunter_deliveries_total": Family("Letters by outcome.", ("channel", "outcome"), "counter"),
    "hunter_alerts": Family("Alerts by state and severity.", ("state", "severity")),
    "hunter_queue": Family("What waits: domains for look-ups or rules, letters.", ("queue",)),
    "hunter_part_healthy": Family("1 when a part is well.", ("part", "subject")),
    "hunter_part_since_seconds": Family("When that began, Unix time.", ("part", "subject")),
    "hunter_canary_home_seconds": Family("When a canary came through last, Unix time."),
    "hunter_log_behind_entries": Family("Entries of a log not read yet.", ("log",)),
    "hunter_log_lag_seconds": Family("Age of the last entry read of a log.", ("log",)),
    "hunter_store_bytes": Family("Size of the store with its write-ahead log."),
}

Sample = tuple[str, tuple[str, ...], float]
"""Family, values of its labels, figure."""

_counts: defaultdict[tuple[str, tuple[str, ...]], float] = defaultdict(float)


def add(family: str, *labels: str, by: float = 1) -> None:
    """Count something."""
    _counts[family, labels] += by


def counted() -> Iterator[Sample]:
    """What was counted since the start."""
    for (family, labels), figure in _counts.items():
        yield family, labels, figure


def forget() -> None:
    """Begin again; for tests."""
    _counts.clear()


def text(samples: Iterable[Sample]) -> str:
    """The samples as Prometheus reads them, family by family."""
    ordered = sorted(samples)
    return "".join(
        _family(name, list(group)) for name, group in groupby(ordered, lambda sample: sample[0])
    )


def _family(name: str, samples: list[Sample]) -> str:
    family = FAMILIES[name]
    lines = [f"# HELP {name} {family.help}", f"# TYPE {name} {family.kind}"]
    for _, values, figure in samples:
        pairs = zip(family.labels, values, strict=True)
        labels = ",".join(f'{label}="{_escaped(value)}"' for label, value in pairs)
        lines.append(f"{name}{{{labels}}} {figure:.10g}" if labels else f"{name} {figure:.10g}")
    return "\n".join(lines) + "\n"


def _escaped(value: str) -> str:
    plain = value.encode("utf-8", "replace").decode()
    return plain.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
