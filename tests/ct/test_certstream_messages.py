"""Messages of certstream servers: every name of every kind, and nothing that can hurt."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hunter.ct.certstream_messages import Certificate, certificate, origin
from hunter.ct.certstream_queue import Waiting
from tests.world.certstream import domains_only, full, heartbeat, lite

SAMPLES = Path(__file__).parents[2] / "../shared/data/ct/certstream-messages"


@pytest.mark.parametrize("make", [domains_only, lite, full])
def test_every_name_is_read_from_every_kind(make: object) -> None:
    """All names of the certificate, not just the first."""
    assert callable(make)
    found = certificate(make("en-marche.co", "*.mail-en-marche.fr"))

    assert found is not None
    assert found.names == ["en-marche.co", "*.mail-en-marche.fr"]


def test_the_origin_tells_what_the_message_said() -> None:
    """Fingerprint, issuer, serial, the names beside it, and the log."""
    found = certificate(lite("en-marche.co", "b.fr"))

    assert found is not None
    assert origin(found) == {
        "names": ["en-marche.co", "b.fr"],
        "names_in_all": 2,
        "fingerprint": "57:61:38",
        "serial": "0498BDF8",
        "issuer": "/C=US/CN=R3/O=Let's Encrypt",
        "not_before": "2017-04-07T09:00:00+00:00",
        "not_after": "2017-07-06T09:00:00+00:00",
        "kind": "PrecertLogEntry",
        "log": "Yeti",
        "index": 712420366,
        "logged": 1491555600.25,
    }


def test_a_hash_of_nothing_is_no_fingerprint() -> None:
    """Servers send it for entries of static logs, where they have no certificate to hash."""
    leaf = {"all_domains": ["a.fr"], "sha256": "E3:B0:C4:42:98:FC", "fingerprint": "DA:39:A3:EE"}
    found = certificate(lite(leaf_cert=leaf, source=None))

    assert found is not None
    assert origin(found).keys() == {"names", "names_in_all", "kind", "index", "logged"}


def test_the_first_servers_issuer_stands_in_the_chain() -> None:
    """CaliDog's messages have no issuer beside the leaf."""
    leaf = {"all_domains": ["a.fr"]}
    chain = [{"subject": {"aggregated": "/CN=X3"}}, {"subject": {"aggregated": "/CN=Root"}}]
    found = certificate(lite(leaf_cert=leaf, chain=chain))

    assert found is not None
    assert origin(found)["issuer"] == "/CN=X3"


@pytest.mark.parametrize(
    "odd",
    [
        {"cert_index": "5"},
        {"seen": "2026-11-22T12:00:00Z"},
        {"source": "argon"},
        {"chain": {}},
        {"leaf_cert": {"all_domains": ["a.example"], "serial_number": 171}},
    ],
)
def test_what_a_message_says_in_another_way_costs_no_name(odd: dict[str, object]) -> None:
    """The names are read all the same; of the rest nothing is told."""
    data = {"leaf_cert": {"all_domains": ["a.example"]}} | odd
    found = certificate(json.dumps({"data": data}))
    assert found
    assert origin(found) == {"names": ["a.example"], "names_in_all": 1}


def test_origins_are_bounded() -> None:
    """A certificate may have thousands of names, and any text for its serial."""
    leaf = {"all_domains": [f"{n}.fr" for n in range(5000)], "serial_number": "A" * 10_000}
    found = certificate(lite(leaf_cert=leaf))

    assert found is not None
    assert len(found.names) == 5000
    assert len(json.dumps(origin(found))) < 5000
    assert origin(found)["names_in_all"] == 5000


@pytest.mark.parametrize(
    "message",
    [
        heartbeat(),
        "",
        "null",
        "[]",
        "{",
        '{"data": {"leaf_cert": null}}',
        '{"data": {"leaf_cert": {"all_domains": "a.fr"}}}',
        '{"data": []}',
        b"\xff\xfe\x00",
        domains_only("\ud800.fr"),
        "[" * 100_000,
        domains_only(),
        lite(),
    ],
)
def test_what_has_no_names_is_nothing(message: str | bytes) -> None:
    """Heartbeats, rubbish, and certificates without names."""
    assert certificate(message) is None


def test_a_name_is_one_line() -> None:
    """A line break inside a name would give its neighbour's origin to another."""
    found = certificate(domains_only("a\nb.fr", "c.fr"))
    waiting = Waiting(10)
    waiting.add("ws://x/", found or Certificate([]))

    assert waiting.taken().names.split(b"\n") == [b"a b.fr", b"c.fr"]


def test_each_line_has_its_own_certificate() -> None:
    """Over many certificates from several servers."""
    waiting = Waiting(100)
    for number in range(9):
        names = [f"{number}-{place}.fr" for place in range(number % 3 + 1)]
        waiting.add(f"ws://{number}/", Certificate(names))

    heard = waiting.taken()

    for line, name in enumerate(heard.names.decode().split("\n")):
        said = heard.origin(line)
        assert name in said["names"]  # type: ignore[operator]
        assert said["server"] == f"ws://{name[0]}/"
    assert waiting.taken().found == []


def test_what_does_not_fit_is_dropped_and_counted() -> None:
    """And there is room again once the rest was taken."""
    waiting = Waiting(3)
    for names in (["a.fr", "b.fr"], ["c.fr", "d.fr"], ["e.fr"]):
        waiting.add("ws://x/", Certificate(names))

    assert waiting.taken().names == b"a.fr\nb.fr\ne.fr"
    assert (waiting.dropped(), waiting.dropped()) == (2, 0)
    waiting.add("ws://x/", Certificate(["f.fr"]))
    assert waiting.taken().names == b"f.fr"


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=60),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["data", "leaf_cert", "all_domains", "issuer", "chain"]), inner
                )
            ),
        ).map(json.dumps),
    )
)
def test_no_message_raises(message: str | bytes) -> None:
    """Whatever a server sends is a certificate or nothing, and can be kept as JSON."""
    found = certificate(message)
    if found is not None:
        json.dumps(origin(found))


@pytest.mark.parametrize(
    "file",
    [
        "calidog_server_example.json",
        "certstream-server-go_readme_lite.json",
        "rust-from-live-entries.full.jsonl",
        "rust-from-live-entries.lite.jsonl",
        "rust-from-live-entries.domains_only.jsonl",
    ],
)
def test_real_messages_are_read(file: str) -> None:
    """As three servers send them."""
    if not (SAMPLES / file).exists():
        pytest.skip("the real material is not here")
    text = (SAMPLES / file).read_text()
    messages = text.splitlines() if file.endswith("jsonl") else [text]
    for message in messages:
        found = certificate(message)
        said = json.loads(message)["data"]
        names = said if isinstance(said, list) else said["leaf_cert"]["all_domains"]

        assert found is not None
        assert found.names == names
        assert isinstance(said, list) or {"fingerprint", "issuer", "serial"} <= set(origin(found))
