"""Passive DNS: what the domains resolved to and when, in the Common Output Format.

draft-dulaunoy-dnsop-passive-dns-cof: a JSON object a line, times in seconds since 1970, `sensor_id`
for who saw it. Only what was seen in the DNS, and not what people told; mail servers are left out,
since their preference is not kept, and without it the record would not be as it was.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from hunter import handover
from hunter.contracts import Case, ExportSettings
from hunter.model import TOLD_BY, PastFact, Value

MEDIA = "application/x-ndjson"
SUFFIX = ".cof.ndjson"

_TYPES = {"a": "A", "aaaa": "AAAA", "ns": "NS"}


class Settings(ExportSettings):
    """Nothing to choose."""


def export(cases: Iterable[Case], _settings: Settings, _at: datetime) -> bytes:
    """A line for each name, type, value and sensor, with the first and last time it was seen."""
    merged: dict[tuple[str, ...], dict[str, Any]] = {}
    for case in handover.named(cases):
        for row in _rows(case):
            key = tuple(row[part] for part in ("rrname", "rrtype", "rdata", "sensor_id"))
            before = merged.setdefault(key, row)
            before["time_first"] = min(before["time_first"], row["time_first"])
            before["time_last"] = max(before["time_last"], row["time_last"])
    return "".join(f"{json.dumps(merged[key])}\n" for key in sorted(merged)).encode()


def _rows(case: Case) -> Iterator[dict[str, Any]]:
    for fact in case.history:
        if fact.field in _TYPES and _is_seen(fact) and _is_sound(fact.field, fact.value):
            yield {
                "rrname": fact.subject,
                "rrtype": _TYPES[fact.field],
                "rdata": str(fact.value),
                "time_first": int(fact.first_seen.timestamp()),
                "time_last": int(fact.last_seen.timestamp()),
                "sensor_id": f"hunter:{fact.provider}",
            }


def _is_seen(fact: PastFact) -> bool:
    return not fact.provider.startswith(TOLD_BY) and handover.is_host(fact.subject)


def _is_sound(field: str, value: Value | None) -> bool:
    if value is None:
        return False
    return handover.is_host(value) if field == "ns" else handover.is_address(value)
