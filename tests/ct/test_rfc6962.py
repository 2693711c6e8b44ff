"""RFC 6962 answers: tree heads, pages and proofs, real and spoilt."""

import base64
import json
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hunter.ct import rfc6962
from hunter.ct.entries import Undecodable
from hunter.ct.treehead import BadTreeHead, NoTreeHead
from tests.world.ct import FakeLog
from tests.world.ct_material import MATERIAL, needs_material
from tests.world.http import Request

LOG = FakeLog("one")
LOG.grow(("a.example",), ("b.example", "c.example"))
LOG.grow(("d.example",), precertificates=True)


def body(path: str) -> bytes:
    return LOG.answer(Request("GET", path, {}, b"")).body


def test_a_tree_head_signed_by_the_log_is_read() -> None:
    """Size, root and time come out; the time is when the log says."""
    head = rfc6962.read_tree_head(body(rfc6962.TREE_HEAD_PATH), LOG.spki)
    assert (head.size, head.root) == (3, LOG.tree.root(0, 3))
    assert head.time.year == 2026


Change = Callable[[dict[str, object]], dict[str, object]]


@pytest.mark.parametrize(
    "change",
    [
        lambda head: head | {"tree_size": 4},
        lambda head: head | {"timestamp": 1},
        lambda head: head | {"timestamp": 1 << 70},
        lambda head: head | {"tree_size": -1},
        lambda head: head | {"sha256_root_hash": ""},
        lambda head: head | {"tree_head_signature": "BAM="},
        lambda head: head | {"tree_head_signature": "BAMAAQA="},
        lambda head: head | {"tree_head_signature": "BAEAAQA="},
    ],
)
def test_a_tree_head_that_was_changed_is_refused(change: Change) -> None:
    """Every signed part, and the signature's own shape."""
    head = json.loads(body(rfc6962.TREE_HEAD_PATH))
    with pytest.raises(BadTreeHead):
        rfc6962.read_tree_head(json.dumps(change(head)).encode(), LOG.spki)


def test_half_a_tree_head_is_none() -> None:
    """Nobody signed it: it accuses no log."""
    with pytest.raises(NoTreeHead):
        rfc6962.read_tree_head(b'{"tree_size": 3}', LOG.spki)


def test_a_tree_head_of_another_log_is_refused() -> None:
    """Another key signed it, or the key is none."""
    for key in (FakeLog("other").spki, b"no key"):
        with pytest.raises(BadTreeHead):
            rfc6962.read_tree_head(body(rfc6962.TREE_HEAD_PATH), key)


def test_a_page_of_both_entry_types_is_decoded() -> None:
    """Certificates and precertificates, from the index that was asked for."""
    page = rfc6962.decode_page(body(rfc6962.entries_path(1, 3)), 1)
    assert page.names == b"b.example\nc.example\nd.example"
    assert [page.entry(at).index for at in range(2)] == [1, 2]
    assert page.malformed == ()


@example(b'{"entries": ' + b"[" * 100_000)
@example(b'{"x": ' + b"[" * 100_000)
@given(st.binary(max_size=60) | st.from_regex(rb'\{"entries": ?\[.{0,40}', fullmatch=True))
def test_a_page_that_is_none_is_undecodable(data: bytes) -> None:
    """Half a body, HTML, anything: one kind of refusal."""
    try:
        rfc6962.decode_page(data)
    except Undecodable:
        return
    assert json.loads(data)["entries"] == []


def test_a_page_of_too_many_entries_is_refused_before_they_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A million would be searched for names, while nothing else in the daemon gets a turn."""
    read: list[object] = []
    monkeypatch.setattr(rfc6962, "page", lambda *told: read.append(told))
    thousand = b'{"entries": [' + b'{"leaf_input": ""},' * 999 + b'{"leaf_input": ""}]}'
    with pytest.raises(Undecodable, match="1000 entries where 256 were asked for"):
        rfc6962.decode_page(thousand, 0, 256)
    assert read == []


def test_proofs_must_hold_hashes() -> None:
    """Of 32 bytes, and not endlessly many."""
    assert len(rfc6962.read_consistency(body(rfc6962.consistency_path(1, 3)))) == 2
    for proof in (["AAAA"], [base64.b64encode(bytes(32)).decode()] * 200):
        with pytest.raises(Undecodable):
            rfc6962.read_consistency(json.dumps({"consistency": proof}).encode())


@needs_material
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("argon2024", 1_267_285_836),
        ("icarus-2017-a", 129_596_132),
        ("icarus-2017-b", 129_721_434),
        ("pilot-2014", 3_721_782),
        ("sunlight-test-2020-testlog", 90_785_920),
    ],
)
def test_real_tree_heads_verify(name: str, size: int) -> None:
    """Of five logs from 2014 to 2024."""
    folder = MATERIAL / "sth-and-checkpoints"
    key = base64.b64decode((folder / f"{name}.key.b64").read_text())
    head = rfc6962.read_tree_head((folder / f"{name}.get-sth.json").read_bytes(), key)
    assert head.size == size


def live_entries() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(
        (MATERIAL / "certstream-rust-live" / "live_ct.json").read_text()
    )
    return found


@needs_material
def test_real_entries_show_what_another_program_saw_in_them() -> None:
    """Names, serials, dates and issuers of forty entries of May 2026."""
    for raw in live_entries():
        leaf = {"leaf_input": raw["leaf_input"], "extra_data": raw["extra_data"]}
        page = rfc6962.decode_page(json.dumps({"entries": [leaf]}).encode(), int(raw["cert_index"]))
        expected = json.loads(raw["expected_full"])["data"]["leaf_cert"]
        entry = page.entry(0)
        assert set(entry.names) == set(expected["all_domains"])
        assert int(entry.details.serial, 16) == int(expected["serial_number"], 16)
        assert entry.details.issuer == expected["issuer"]["CN"]
        assert entry.details.not_after is not None
        assert entry.details.not_after.timestamp() == expected["not_after"]
        assert page.malformed == ()
