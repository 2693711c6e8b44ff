"""Log lists: signatures, both kinds of log, states, shards, and lists that disagree."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.ct import loglist
from hunter.ct.loglist import BadLogList, Kind, State
from tests.world.ct import FakeLog, Registry, list_key_pem
from tests.world.ct_material import MATERIAL, needs_material

NOW = datetime(2026, 11, 22, tzinfo=UTC)
OLD = FakeLog("old", url="https://ct.example/old")
NEW = FakeLog("new", kind="static", url="https://mon.example/new/")
REGISTRY = Registry([OLD, NEW])


def listed(*changes: dict[str, object]) -> loglist.LogList:
    """A list of one RFC 6962 log for each set of changes to it."""
    logs = [OLD.listed() | change for change in changes]
    return loglist.read(json.dumps({"operators": [{"name": "O", "logs": logs}]}).encode())


def test_a_list_signed_by_its_publisher_is_read() -> None:
    """Both kinds of log come out, each with where it is read and what it signs as."""
    found = loglist.read_signed(REGISTRY.body(), REGISTRY.signature(), list_key_pem())
    old, new = found.logs
    assert (old.kind, old.url, old.state) == (Kind.RFC6962, "https://ct.example/old/", State.USABLE)
    assert (new.kind, new.url, new.origin) == (Kind.STATIC, "https://mon.example/new/", NEW.origin)
    assert (new.key, new.mmd) == (NEW.spki, timedelta(minutes=1))
    assert (found.version, found.refused) == ("1.0", ())


def test_a_list_with_a_bad_signature_is_refused() -> None:
    """A changed byte, another signature, or Chrome's key by default."""
    body, signature, key = REGISTRY.body(), REGISTRY.signature(), list_key_pem()
    with pytest.raises(BadLogList):
        loglist.read_signed(body + b" ", signature, key)
    with pytest.raises(BadLogList):
        loglist.read_signed(body, b"", key)
    with pytest.raises(BadLogList):
        loglist.read_signed(body, signature)


def test_a_log_whose_id_is_not_its_keys_hash_is_left_out_and_told() -> None:
    """The others stay."""
    wrong = base64.b64encode(bytes(32)).decode()
    found = listed({}, {"log_id": wrong, "description": "odd one"}, {"key": "?"})
    assert len(found.logs) == 1
    assert found.refused[0].startswith("O, rfc6962: log_id")
    assert found.refused[0].endswith("(odd one)")
    assert len(found.refused) == 2


@pytest.mark.parametrize("odd", [7, True, [], {}, "usable", {"usable": 7}, {"readonly": []}, None])
def test_a_field_of_the_wrong_type_costs_what_it_tells(odd: object) -> None:
    """Never the log, and still less the list."""
    told = ("mmd", "state", "temporal_interval", "description")
    found = listed({}, *[{field: odd} for field in told])
    assert not found.refused
    (log,) = loglist.unite([found])
    for field in told:
        (log,) = listed({field: odd}).logs
        assert log.mmd in (timedelta(minutes=1), timedelta(days=1), timedelta(seconds=7))
        assert log.description
        assert log.url == "https://ct.example/old/"


@pytest.mark.parametrize("size", [-1, True, "9", None, 1.5])
def test_an_impossible_final_size_is_none(size: object) -> None:
    """A log that ends before it begins would be left at once."""
    (log,) = listed({"state": {"readonly": {"final_tree_head": {"tree_size": size}}}}).logs
    assert (log.state, log.final_size) == (State.READONLY, None)


@pytest.mark.parametrize(
    "odd", [{"url": 7}, {"key": None}, {"url": ""}, {"url": "https://[::1/"}, {"log_id": {}}]
)
def test_a_log_without_key_or_place_costs_itself_only(odd: dict[str, object]) -> None:
    """The others of its operator stay, and those of others."""
    logs = [OLD.listed() | odd, 7, NEW.listed()]
    operators = [
        {"name": "O", "tiled_logs": logs},
        {"name": 7},
        "odd",
        {"name": "P", "logs": [OLD.listed()]},
    ]
    found = loglist.read(json.dumps({"operators": operators, "version": 3}).encode())
    assert [log.operator for log in found.logs] == ["O", "P"]
    assert len(found.refused) == 4


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"operators": 1}', b"\xff", b'{"x":' + b"[" * 10**6]
)
def test_what_is_no_list_is_refused(body: bytes) -> None:
    """An HTML page from a captive portal, for instance."""
    with pytest.raises(BadLogList):
        loglist.read(body)


@given(st.binary(max_size=100))
def test_no_bytes_upset_the_parser(body: bytes) -> None:
    """There is one kind of refusal."""
    try:
        loglist.read(body)
    except BadLogList:
        return


def relevant(now: datetime = NOW, **change: object) -> bool:
    [log] = listed(change).logs
    return not loglist.irrelevance(log, now)


def test_only_living_logs_are_relevant() -> None:
    """Pending ones too, whose first entries count as any others."""
    for state in ("pending", "qualified", "usable", "readonly"):
        assert relevant(state={state: {}}), state
    for state in ("retired", "rejected"):
        assert not relevant(state={state: {}}), state
    assert not relevant(state=None)
    for kind in ("test", "monitoring_only"):
        assert not relevant(log_type=kind), kind


def test_a_word_that_nobody_has_heard_of_leaves_no_log_unread() -> None:
    """The lists may come to say more of a log than they did; a copy that was kept says the same."""
    change = {"state": {"distributed": {}}, "log_type": "shard"}
    assert relevant(**change)
    found = listed(change)
    assert loglist.read(loglist.dump(found).encode()) == found


def test_a_shard_is_relevant_while_certificates_can_end_in_it() -> None:
    """From the longest validity before its start until its end."""
    shard = {
        "temporal_interval": {
            "start_inclusive": "2027-07-01T00:00:00Z",
            "end_exclusive": "2028-01-01T00:00:00Z",
        }
    }
    assert not relevant(NOW, **shard)
    assert relevant(datetime(2026, 12, 20, tzinfo=UTC), **shard)
    assert relevant(datetime(2027, 12, 31, tzinfo=UTC), **shard)
    assert not relevant(datetime(2028, 1, 1, tzinfo=UTC), **shard)
    assert relevant(NOW, temporal_interval=None)


def test_united_lists_hold_a_log_once_in_its_most_alive_state() -> None:
    """Apple may trust what Chrome has rejected."""
    head = {"final_tree_head": {"tree_size": 77}}
    one = listed({"state": {"rejected": {}}}), listed({"state": {"readonly": head}})
    for lists in (one, one[::-1]):
        (log,) = loglist.unite(lists)
        assert (log.state, log.final_size) == (State.READONLY, 77)


LISTS = MATERIAL / "loglists"


@needs_material
def test_all_signed_lists_verify() -> None:
    """Nine versions from January to August 2026, with the key that hunter ships."""
    signatures = sorted(LISTS.rglob("*.sig"))
    assert len(signatures) == 9
    for path in signatures:
        body = path.with_suffix(".json").read_bytes()
        found = loglist.read_signed(body, path.read_bytes())
        assert found.logs
        assert not found.refused
        with pytest.raises(BadLogList):
            loglist.read_signed(body.replace(b"usable", b"usablE", 1), path.read_bytes())


@needs_material
def test_real_lists_united_give_the_logs_of_today() -> None:
    """On 2026-11-22: Cloudflare's Raio, which only Apple lists, and both kinds."""
    chrome, apple = (
        loglist.read((LISTS / name).read_bytes())
        for name in ("gstatic_v3_all_logs_list.json", "apple_current_log_list.json")
    )
    united = loglist.unite((chrome, apple))
    found = [log for log in united if not loglist.irrelevance(log, NOW)]
    names = {log.description for log in found}
    assert {"Cloudflare 'Raio2027h1a' log", "Let's Encrypt 'Sycamore2027h1'"} <= names
    assert {log.kind for log in found} == set(Kind)
    assert 34 <= len(found) <= 45
    readonly = {log.description: log.final_size for log in found if log.state is State.READONLY}
    assert readonly["Sectigo 'Mammoth2026h2'"] == 57_634_084
    (oak,) = (log for log in found if log.description == "Let's Encrypt 'Oak2026H2' log")
    assert oak.closed_at
    assert oak.closed_at < NOW - 200 * timedelta(days=1)


@needs_material
def test_a_real_list_survives_being_kept() -> None:
    """All that is known of its logs, and when it is from."""
    found = loglist.read((LISTS / "gstatic_v3_all_logs_list.json").read_bytes())
    assert loglist.read(loglist.dump(found).encode()) == found
