"""Every parser of outside bytes, as a function that must return or say no in its own words."""

import io
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from hunter import config, feeds, names, rulebook
from hunter.ct import (
    certstream_messages,
    der,
    loglist,
    names_tiles,
    recut,
    rfc6962,
    static,
    unlisted,
)
from hunter.errors import HunterError
from hunter.lists import indicator_formats, tor_exits
from hunter.net import passive_rows, rdap, registration, whois_text
from hunter.pages import likeness
from hunter.rulebook.gathering import gather

AT = datetime(2026, 11, 27, tzinfo=UTC)
FIELDS = {"confidence": "how plainly it imitates", "registrant_email": "who registered it"}

Target = Callable[[bytes], object]


def _der(data: bytes) -> None:
    der.clean(der.names(data)[0])
    der.details(data)


def _registered(found: registration.Registration | None) -> None:
    if found is not None:
        registration.facts_of(found, "en-marche.co", "fuzz", AT)


def _whois(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    _registered(whois_text.read(text))
    whois_text.referral(text)


def _feed(data: bytes) -> None:
    for _ in feeds.read(io.BytesIO(data), limits=feeds.Limits(max_bytes=1 << 20)):
        pass


def _in_a_file(data: bytes, suffix: str, read: Callable[[Path], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"fuzzed{suffix}"
        path.write_bytes(data)
        read(path)


def _rules(data: bytes) -> None:
    def read(path: Path) -> object:
        files, faults = gather([path])
        return rulebook.load_files(files, FIELDS, faults)

    _in_a_file(data, ".yml", read)


def _config(data: bytes) -> None:
    _in_a_file(data, ".toml", config.load)


def _certstream(data: bytes) -> None:
    found = certstream_messages.certificate(data)
    if found is not None:
        certstream_messages.origin(found)


TARGETS: Mapping[str, Target] = {
    "der": _der,
    "rfc6962_page": rfc6962.decode_page,
    "rfc6962_consistency": rfc6962.read_consistency,
    "rfc6962_entry_and_proof": rfc6962.read_entry_and_proof,
    "static_tile": lambda data: static.decode_tile(data, 0),
    "static_tile_by_hashes": lambda data: recut.recut_tile(data, 0, bytes(64)),
    "static_note": static.parse_note,
    "names_tile": lambda data: names_tiles.decode_names_tile(data, 0),
    "log_list": loglist.read,
    "log_key": unlisted.read_key,
    "certstream": _certstream,
    "rdap": lambda data: _registered(rdap.read(data)),
    "whois": _whois,
    "feed": _feed,
    "indicators": indicator_formats.read,
    "tor_list": tor_exits.read_list,
    "tor_archive": tor_exits.read_archive,
    "passive_dns": passive_rows.read,
    "page": likeness.read,
    "rules": _rules,
    "config": _config,
    "name": lambda data: names.parse(data.decode("utf-8", "replace")),
}

REFUSALS = (ValueError, HunterError)
"""How a parser says no: errors of its own. Those of ct, lists and names are kinds of ValueError."""

SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "rfc6962_page": (b'{"entries":[{"leaf_input":"AAAA","extra_data":""}]}',),
    "static_note": (b"example/log\n1\nAAAA\n\n\xe2\x80\x94 example/log AAAA\n",),
    "log_list": (b'{"operators":[{"name":"x","logs":[]}]}',),
    "certstream": (b'{"message_type":"certificate_update","data":{"leaf_cert":{}}}',),
    "rdap": (b'{"objectClassName":"domain","ldhName":"en-marche.co","entities":[]}',),
    "whois": (b"Domain Name: en-marche.co\nRegistrant Email: x@mail.com\n",),
    "feed": (b"en-marche.co\n", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"\x28\xb5\x2f\xfd"),
    "rules": (b"title: x\ndetection:\n  a: {confidence|gte: 0.5}\n  condition: a\n",),
    "config": (b'[[brand]]\ndomain = "en-marche.fr"\n',),
    "page": (b"<html><title>x</title><form><input type=password></form></html>",),
}


def run(name: str, data: bytes) -> None:
    """Give one input to a parser; raises what it should not have raised."""
    try:
        TARGETS[name](data)
    except REFUSALS as error:
        if type(error) is ValueError:
            raise AssertionError(f"{name}: a bare ValueError: {error}") from error
