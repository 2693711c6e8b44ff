"""Static logs: checkpoints and tiles (C2SP static-ct-api.md, signed-note.md, tlog-tiles.md).

A checkpoint's signature lines may belong to anyone: witnesses, other algorithms, GREASE. Only the
line with the log's own name and RFC 6962 key ID counts, and that one must verify.
"""

import binascii
import re
import zlib
from dataclasses import dataclass
from hashlib import sha256
from struct import Struct
from struct import error as StructError  # noqa: N812 — it is an exception class

from hunter.ct.entries import Page, Undecodable, page
from hunter.ct.merkle import TILE
from hunter.ct.treehead import BadTreeHead, NoTreeHead, TreeHead, check_signature

CHECKPOINT_PATH = "checkpoint"
_MOST_CHECKPOINT = 1 << 20
_MOST_TILE = 64 << 20
_RFC6962_NOTE_SIGNATURE = b"\x05"
_KEY_ID = 4
_ALL = slice(None)
_DECIMAL = re.compile("0|[1-9][0-9]{0,18}")
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
_PRECERT = 1
_STAMP_AND_TYPE = Struct(">QH")
_LENGTH24 = Struct(">BH")
_LENGTH16 = Struct(">H")
# What stands before every index: length of all extensions, type leaf_index, its length.
_LEAF_INDEX = b"\x00\x08\x00\x00\x05"
_LEAF_INDEX_TYPE = 0
# A tile leaves out what a MerkleTreeLeaf begins with; the hash prefix 0x00 stands before that.
LEAF = b"\x00\x00\x00"


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line of a note: whose, and the bytes after its key ID."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A signed note: its text, final newline included, and every signature line that parses."""

    text: str
    signatures: tuple[NoteSignature, ...]


def tile_path(kind: int | str, index: int, width: int = 256) -> str:
    """Path of a tile; `kind` is a hash level, `data` or `names`; below 256 wide it is partial."""
    digits = f"{index:03d}"
    groups = [digits[max(0, end - 3) : end].zfill(3) for end in range(len(digits), 0, -3)][::-1]
    number = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
    return f"tile/{kind}/{number}" + (f".p/{width}" if width < 256 else "")  # noqa: PLR2004 — a full tile


def parse_note(body: bytes) -> Note:
    """The note in `body`, nothing verified; NoTreeHead if it is no signed note."""
    if len(body) > _MOST_CHECKPOINT:
        raise _unreadable("longer than any checkpoint")
    try:
        text, blank, lines = body.decode().rpartition("\n\n")
    except UnicodeDecodeError as error:
        raise _unreadable("not UTF-8") from error
    if not blank or not lines.endswith("\n"):
        raise _unreadable("no signed note")
    found = [_signature(line) for line in lines.removesuffix("\n").split("\n")]
    return Note(text + "\n", tuple(one for one in found if one))


def _unreadable(why: str) -> NoTreeHead:
    return NoTreeHead(f"the checkpoint cannot be read: {why}")


def _signature(line: str) -> NoteSignature | None:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    if dash != "—" or not name:
        raise _unreadable("a signature line has another shape")
    try:
        signed = binascii.a2b_base64(encoded, strict_mode=True)
    except (binascii.Error, ValueError):
        return None
    return NoteSignature(name, signed[:_KEY_ID], signed[_KEY_ID:])


def key_id(origin: str, key: bytes) -> bytes:
    """The ID by which a log's RFC6962NoteSignature lines are known; `key` is DER."""
    log_id = sha256(key).digest()
    return sha256(origin.encode() + b"\n" + _RFC6962_NOTE_SIGNATURE + log_id).digest()[:_KEY_ID]


def read_checkpoint(body: bytes, origin: str, key: bytes) -> TreeHead:
    """The tree head in a checkpoint that the log `origin` signed with `key` (DER).

    Raises NoTreeHead if it is no signed note, BadTreeHead if it does not parse, is another log's,
    or is not signed by this one.
    """
    note = parse_note(body)
    size, root = _tree(note.text, origin)
    own = [
        one.signature
        for one in note.signatures
        if (one.name, one.key_id) == (origin, key_id(origin, key))
    ]
    if not own:
        raise BadTreeHead("no signature by the log itself")
    heads = [TreeHead(size, root, int.from_bytes(signed[:8], "big")) for signed in own]
    for head, signed in zip(heads, own, strict=True):
        check_signature(head, signed[8:], key)
    return heads[-1]


def _tree(text: str, origin: str) -> tuple[int, bytes]:
    # Extension lines are not allowed beside an RFC6962NoteSignature: it would not cover them.
    lines = text.split("\n")
    if len(lines) != 4 or lines[0] != origin:  # noqa: PLR2004 — origin, size, root and the final newline
        raise BadTreeHead("the checkpoint of another log, or of another shape")
    return _size(lines[1]), _root(lines[2])


def _size(digits: str) -> int:
    if not _DECIMAL.fullmatch(digits):
        raise BadTreeHead("no possible tree size")
    return int(digits)


def _root(encoded: str) -> bytes:
    try:
        return binascii.a2b_base64(encoded, strict_mode=True)
    except (binascii.Error, ValueError) as error:
        raise BadTreeHead("root hash is not base64") from error


def unpack(body: bytes) -> bytes:
    """The tile's bytes, gunzipped if they are gzip, asked for or not; Undecodable if too large."""
    if not body.startswith(_GZIP):
        return body
    opened = zlib.decompressobj(_GZIP_WINDOW)
    try:
        plain = opened.decompress(body, _MOST_TILE)
    except zlib.error as error:
        raise Undecodable("broken gzip") from error
    if not opened.eof:
        raise Undecodable("gzip cut short or too large")
    return plain


def decode_tile(body: bytes, first: int, wanted: slice = _ALL) -> Page:
    """The entries of a data tile, gzipped or not, or of its part `wanted`.

    `first` is the log index of the tile's first entry. Raises Undecodable when the tile cannot be
    cut into entries; what lies beyond those wanted is not looked at. An entry whose leaf_index
    extension tells another index is malformed; archived logs have none.
    """
    leaves, misplaced = _leaves(unpack(body), first, wanted.stop or TILE)
    start, stop, _ = wanted.indices(len(leaves))
    moved = [position - start for position in misplaced if start <= position < stop]
    return page(first + start, leaves[wanted], moved)


def _leaves(tile: bytes, first: int, most: int) -> tuple[list[bytes], list[int]]:
    """The MerkleTreeLeafs with their hash prefix, and which of them tell another index."""
    leaves: list[bytes] = []
    misplaced: list[int] = []
    position = 0
    try:
        while position < len(tile) and len(leaves) < most:
            extensions, end, after = cut(tile, position)
            if tile[extensions:end] != _LEAF_INDEX + (first + len(leaves)).to_bytes(5, "big"):
                misplaced += _misplaced(tile[extensions + 2 : end], first, len(leaves))
            leaves.append(LEAF + tile[position:end])
            position = after
    except StructError as error:
        raise Undecodable("data tile is cut short") from error
    if position > len(tile):
        raise Undecodable("data tile is cut short")
    return leaves, misplaced


def cut(tile: bytes, position: int) -> tuple[int, int, int]:
    """Where the entry's extensions begin, its TimestampedEntry ends, and the next entry begins.

    Raises Undecodable for a type that is not known, and struct.error beyond the tile's end.
    """
    _, kind = _STAMP_AND_TYPE.unpack_from(tile, position)
    if kind > _PRECERT:
        raise Undecodable(f"unknown entry type {kind} in a data tile")
    start = position + (42 if kind else 10)
    high, low = _LENGTH24.unpack_from(tile, start)
    extensions = start + 3 + (high << 16 | low)
    end = after = extensions + 2 + _LENGTH16.unpack_from(tile, extensions)[0]
    if kind:
        high, low = _LENGTH24.unpack_from(tile, end)
        after = end + 3 + (high << 16 | low)
    # The chain's length is in bytes, not in fingerprints.
    return extensions, end, after + 2 + _LENGTH16.unpack_from(tile, after)[0]


def _misplaced(extensions: bytes, first: int, position: int) -> list[int]:
    """The position, if the extensions tell another index for it or cannot be read."""
    at = 0
    while at + 3 <= len(extensions):
        end = at + 3 + _LENGTH16.unpack_from(extensions, at + 1)[0]
        if extensions[at] == _LEAF_INDEX_TYPE:
            told = int.from_bytes(extensions[at + 3 : end], "big")
            return [] if (end - at, told) == (8, first + position) else [position]
        at = end
    return [] if at == len(extensions) else [position]
