"""RFC 6962 logs: tree heads, pages of entries and proofs from their JSON (RFC 6962 4.3 to 4.8)."""

from typing import TypeVar

import msgspec

from hunter.ct.entries import Page, Undecodable, page
from hunter.ct.treehead import NoTreeHead, TreeHead, check_signature
from hunter.hostile_json import REFUSALS

TREE_HEAD_PATH = "ct/v1/get-sth"
_MOST_PROOF_HASHES = 128
_T = TypeVar("_T")


class _TreeHead(msgspec.Struct):
    tree_size: int
    timestamp: int
    sha256_root_hash: bytes
    tree_head_signature: bytes


# extra_data (the chain) is three quarters of a page and not needed: it is skipped, not decoded.
class _Leaf(msgspec.Struct):
    leaf_input: bytes


class _Entries(msgspec.Struct):
    entries: list[_Leaf]


class _Consistency(msgspec.Struct):
    consistency: list[bytes]


class _EntryAndProof(msgspec.Struct):
    leaf_input: bytes
    audit_path: list[bytes]


_tree_head = msgspec.json.Decoder(_TreeHead)
_entries = msgspec.json.Decoder(_Entries)
_consistency = msgspec.json.Decoder(_Consistency)
_entry_and_proof = msgspec.json.Decoder(_EntryAndProof)


def entries_path(start: int, end: int) -> str:
    """Path of the entries from `start` to before `end`; the log may answer with fewer."""
    return f"ct/v1/get-entries?start={start}&end={end - 1}"


def consistency_path(old: int, new: int) -> str:
    """Path of the proof that the tree of `old` leaves is the start of the one of `new`."""
    return f"ct/v1/get-sth-consistency?first={old}&second={new}"


def entry_and_proof_path(index: int, size: int) -> str:
    """Path of one entry with its audit path in the tree of `size` leaves."""
    return f"ct/v1/get-entry-and-proof?leaf_index={index}&tree_size={size}"


def read_tree_head(body: bytes, key: bytes) -> TreeHead:
    """The signed tree head in a get-sth answer.

    Raises NoTreeHead if there is none, BadTreeHead if it is not signed by `key`.
    """
    try:
        found = _tree_head.decode(body)
    except REFUSALS as error:
        raise NoTreeHead(f"the tree head cannot be read: {error}") from error
    head = TreeHead(found.tree_size, found.sha256_root_hash, found.timestamp)
    check_signature(head, found.tree_head_signature, key)
    return head


def decode_page(body: bytes, first: int = 0, most: int | None = None) -> Page:
    """The entries of a get-entries answer, the first of which has index `first` in the log.

    Raises Undecodable when it cannot be cut into entries, and when there are more than `most`,
    before any is read: millions would take minutes. A strange entry is only malformed.
    """
    found = _decode(_entries, body).entries
    if most is not None and len(found) > most:
        raise Undecodable(f"{len(found)} entries where {most} were asked for")
    return page(first, [b"\x00" + entry.leaf_input for entry in found])


def read_consistency(body: bytes) -> list[bytes]:
    """The hashes of a get-sth-consistency answer; Undecodable if it is not one."""
    return _hashes(_decode(_consistency, body).consistency)


def read_entry_and_proof(body: bytes) -> tuple[bytes, list[bytes]]:
    """MerkleTreeLeaf and audit path of a get-entry-and-proof answer; else Undecodable."""
    found = _decode(_entry_and_proof, body)
    return found.leaf_input, _hashes(found.audit_path)


def _decode(decoder: msgspec.json.Decoder[_T], body: bytes) -> _T:
    try:
        return decoder.decode(body)
    except REFUSALS as error:
        raise Undecodable(str(error)) from error


def _hashes(found: list[bytes]) -> list[bytes]:
    if len(found) > _MOST_PROOF_HASHES or any(len(node) != 32 for node in found):  # noqa: PLR2004 — SHA-256
        raise Undecodable("a proof holds SHA-256 hashes and not too many")
    return found
