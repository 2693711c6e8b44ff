"""pySigma's SQLite backend as a second judge: it finds the same dossiers by another way.

Fields with several values are JSON arrays, asked with EXISTS over `json_each`. Three things are
asked of functions written for this: networks of IPv6, which the backend takes for prefixes of text;
the parts of a date that is YYYYMMDD; and the week, which SQLite counts otherwise than ISO 8601.
"""

import json
import re
import socket
import sqlite3
from datetime import UTC, datetime
from typing import ClassVar

from sigma.backends.sqlite import sqliteBackend
from sigma.backends.sqlite.runtime import execute_plan
from sigma.collection import SigmaCollection
from sigma.conditions import ConditionFieldEqualsValueExpression
from sigma.types import SigmaExists, SigmaNull, TimestampPart

LISTS = ("name", "ns_domain", "a")
TEXTS = ("technique", "registrant_email", "registrant_name", "term")
NUMBERS = ("confidence", "age_days")
TRUTHS = ("has_mx", "resolves")
DATES = ("seen_at", "registered")
_HELD = (*LISTS, *TEXTS, *NUMBERS, *TRUTHS, *DATES)
_COLUMNS = ("domain", "brand", *_HELD, "everything", "day", "first_seen")


class ListBackend(sqliteBackend):
    """The backend, taught to ask JSON arrays whether any element matches."""

    field_timestamp_part_expression: ClassVar = "DATE_PART('{timestamp_part}', {field})"
    timestamp_part_mapping: ClassVar = {
        **sqliteBackend.timestamp_part_mapping,
        TimestampPart.WEEK: "%V",
    }

    def convert_condition_field_eq_val(self, cond, state):
        """One test on a field."""
        if cond.field not in LISTS or isinstance(cond.value, SigmaNull | SigmaExists):
            return super().convert_condition_field_eq_val(cond, state)
        one = ConditionFieldEqualsValueExpression("value", cond.value)
        one.source, one.parent = cond.source, cond.parent
        asked = super().convert_condition_field_eq_val(one, state)
        return f"EXISTS (SELECT 1 FROM json_each({cond.field}) WHERE {asked})"

    def convert_condition_field_eq_val_cidr(self, cond, state):
        """A network of IPv6 by its bits."""
        network = cond.value.network
        if network.version == 4:
            return super().convert_condition_field_eq_val_cidr(cond, state)
        return f"IN_NETWORK({cond.field}, '{network.network_address}', {network.prefixlen})"


def _in_network(address, network, length):
    """Whether it is an address of IPv6 whose first bits are the network's."""
    try:
        return _bits(address).startswith(_bits(network)[:length])
    except OSError:
        return False


def _bits(address):
    """The address in binary; raises OSError when it is none."""
    return "".join(f"{byte:08b}" for byte in socket.inet_pton(socket.AF_INET6, str(address)))


def _date_part(wanted, date):
    """As a number; none of an hour that is not told."""
    form = "%Y%m%d" if len(str(date)) == len("YYYYMMDD") else "%Y-%m-%dT%H:%M:%S"
    if date is None or (form == "%Y%m%d" and wanted in {"%H", "%M"}):
        return None
    return int(datetime.strptime(str(date), form).replace(tzinfo=UTC).strftime(wanted))


def _database(dossiers):
    """The dossiers as rows, in their order."""
    connection = sqlite3.connect(":memory:")
    connection.create_function(
        "REGEXP", 2, lambda regex, text: bool(text and re.search(regex, text))
    )
    connection.create_function("IN_NETWORK", 3, _in_network)
    connection.create_function("DATE_PART", 2, _date_part)
    connection.execute(f"CREATE TABLE logs ({', '.join(_COLUMNS)})")
    marks = ", ".join("?" * len(_COLUMNS))
    connection.executemany(f"INSERT INTO logs VALUES ({marks})", map(_row, dossiers))
    return connection


def _row(one):
    """One dossier as the row that the backend reads."""
    values = [one.domain, one.brand]
    for field in _HELD:
        value = one.fields.get(field)
        listed = value if isinstance(value, tuple) else (value,)
        values.append(json.dumps(listed) if field in LISTS and value is not None else value)
    every = [
        v
        for value in one.fields.values()
        for v in (value if isinstance(value, tuple) else (value,))
    ]
    texts = [
        one.domain,
        one.brand,
        *(str(v).lower() if isinstance(v, bool) else str(v) for v in every),
    ]
    day = one.fields.get("first_seen", 0) % 100
    return (*values, "\n".join(texts), day * 86400, one.fields.get("first_seen"))


def _backend():
    """The backend as the table needs it."""
    return ListBackend(
        collate_nocase=True,
        fulltext_field="everything",
        timestamp_field="day",
        timestamp_format="unix",
    )


def hits(text, dossiers):
    """The numbers of the dossiers that the query of a rule finds."""
    (query,) = _backend().convert(SigmaCollection.from_yaml(text))
    return _found(query, dossiers)


def spoken(documents, dossiers):
    """Of each rule that speaks for itself beside its correlation, the dossiers it finds."""
    queries = _backend().convert(SigmaCollection.from_yaml("---\n".join(documents)))
    return [_found(query, dossiers) for query in queries if query.startswith("SELECT *")]


def _found(query, dossiers):
    found = _database(dossiers).execute(query.replace("SELECT *", "SELECT rowid - 1", 1))
    return {number for (number,) in found}


def members(documents, dossiers):
    """The numbers of the dossiers that take part in an occurrence of the last correlation."""
    collection = SigmaCollection.from_yaml("---\n".join(documents))
    output = _backend().convert(collection, "zircolite")
    plans = [one["correlation_plan"] for one in json.loads(output) if "correlation_plan" in one]
    found, _ = execute_plan(_database(dossiers), plans[-1])
    return {int(event.split(":")[1]) - 1 for one in found for event in one["event_ids"]}
