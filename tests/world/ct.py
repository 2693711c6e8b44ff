"""Fake Certificate Transparency logs of both kinds on loopback, that grow and can misbehave.

A log is an object that a test holds: `grow` adds entries and signs a new head, `fault` makes the
next answers go wrong. `ct_server` serves several logs and the signed list of them; run it in a
thread with `tests.world.thread.running` when the client is another process.
"""

import base64
import gzip
import json
import struct
import zipfile
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO
from itertools import count
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from tests.world.http import HttpServer, Request, Response, http_server

TILE = 256
START = datetime(2026, 11, 22, 12, tzinfo=UTC)


@cache
def issuer_key() -> ec.EllipticCurvePrivateKey:
    """The key of the one CA of this world."""
    return ec.generate_private_key(ec.SECP256R1())


@cache
def list_key() -> rsa.RSAPrivateKey:
    """The key that signs this world's log list."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def list_key_pem() -> bytes:
    """Its public half, as a client needs it."""
    return list_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _spki(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def certificate(
    names: Sequence[str],
    serial: int,
    *,
    common_name: str = "",
    issuer: str = "Test CA",
    padding_bytes: int = 0,
) -> x509.Certificate:
    """A certificate for the names, valid for 90 days; padding makes it as large as real ones."""
    subject = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)] if common_name else []
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(subject))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(issuer_key().public_key())
        .serial_number(serial)
        .not_valid_before(START)
        .not_valid_after(START + timedelta(days=90))
    )
    if names:
        alternatives = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
        builder = builder.add_extension(alternatives, critical=not subject)
    if padding_bytes:
        stuffing = x509.UnrecognizedExtension(
            x509.ObjectIdentifier("1.2.3.4"), bytes(padding_bytes)
        )
        builder = builder.add_extension(stuffing, critical=False)
    return builder.sign(issuer_key(), hashes.SHA256())


@dataclass(frozen=True, slots=True)
class Logged:
    """One entry in every shape a log serves it in."""

    leaf: bytes
    """MerkleTreeLeaf."""
    extra: bytes
    """extra_data of get-entries."""
    tile_leaf: bytes
    """TileLeaf."""
    names: tuple[str, ...]
    timestamp: int


def _long(data: bytes) -> bytes:
    return len(data).to_bytes(3, "big") + data


def logged(der: bytes, names: Iterable[str], timestamp: int, index: int | None = None) -> Logged:
    """The entry of a certificate; `index` is its leaf_index extension, for static logs."""
    extension = b"" if index is None else b"\x00\x00\x05" + index.to_bytes(5, "big")
    stamped = struct.pack(">QH", timestamp, 0) + _long(der)
    stamped += struct.pack(">H", len(extension)) + extension
    chain = _long(b"")
    return Logged(b"\x00\x00" + stamped, chain, stamped + b"\x00\x00", tuple(names), timestamp)


def logged_precertificate(
    found: x509.Certificate, names: Iterable[str], timestamp: int, index: int | None = None
) -> Logged:
    """The entry of a precertificate whose final certificate is `found`."""
    extension = b"" if index is None else b"\x00\x00\x05" + index.to_bytes(5, "big")
    key_hash = sha256(_spki(issuer_key())).digest()
    stamped = struct.pack(">QH", timestamp, 1) + key_hash + _long(found.tbs_certificate_bytes)
    stamped += struct.pack(">H", len(extension)) + extension
    whole = _long(found.public_bytes(Encoding.DER))
    extra = whole + _long(b"")
    tile_leaf = stamped + whole + struct.pack(">H", 32) + bytes(32)
    return Logged(b"\x00\x00" + stamped, extra, tile_leaf, tuple(names), timestamp)


def strange(name: str, timestamp: int, index: int | None = None) -> Logged:
    """An entry of a type that no standard knows, somewhere in whose bytes a name stands."""
    extension = b"" if index is None else b"\x00\x00\x05" + index.to_bytes(5, "big")
    body = b"\x01\x02 " + name.encode() + b" \x03\x04"
    stamped = struct.pack(">QH", timestamp, 7) + body + struct.pack(">H", len(extension))
    stamped += extension
    tile_leaf = stamped + _long(b"something else") + b"\x00\x00"
    return Logged(b"\x00\x00" + stamped, _long(b""), tile_leaf, (name,), timestamp)


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


class Merkle:
    """RFC 6962 2.1 word for word, with perfect subtrees remembered."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.hashes = [sha256(b"\0" + leaf).digest() for leaf in leaves]
        self._known: dict[tuple[int, int], bytes] = {}

    def root(self, start: int, end: int) -> bytes:
        """The hash over leaves [start, end)."""
        if end - start == 0:
            return sha256(b"").digest()
        if end - start == 1:
            return self.hashes[start]
        if (start, end) not in self._known:
            middle = start + _split(end - start)
            both = self.root(start, middle) + self.root(middle, end)
            self._known[start, end] = sha256(b"\x01" + both).digest()
        return self._known[start, end]

    def path(self, index: int, start: int, end: int) -> list[bytes]:
        """PATH(index, D[start:end])."""
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*self.path(index, start, middle), self.root(middle, end)]
        return [*self.path(index, middle, end), self.root(start, middle)]

    def proof(self, old: int, start: int, end: int, *, known: bool = True) -> list[bytes]:
        """SUBPROOF(old - start, D[start:end], known)."""
        if old == end:
            return [] if known else [self.root(start, end)]
        middle = start + _split(end - start)
        if old <= middle:
            return [*self.proof(old, start, middle, known=known), self.root(middle, end)]
        return [*self.proof(old, middle, end, known=False), self.root(start, middle)]


Spoil = Callable[[Request, Response], Response]


@dataclass
class Fault:
    """What goes wrong: for the next `times` requests whose path contains `where`."""

    spoil: Spoil
    where: str = ""
    times: int = 1_000_000


def status(code: int, **headers: str) -> Spoil:
    """Answer with a bare status: `status(429, Retry_After="2")`."""
    lines = {key.replace("_", "-"): value for key, value in headers.items()}
    return lambda _request, _good: Response(code, b"no", lines)


def half_a_body(_request: Request, good: Response) -> Response:
    """Break off in the middle."""
    return replace(good, cut_after=len(good.body) // 2)


def cut_cleanly(_request: Request, good: Response) -> Response:
    """Half the body as if it were all."""
    return replace(good, body=good.body[: len(good.body) // 2])


def empty_page(_request: Request, good: Response) -> Response:
    """A page without entries, or a tile without bytes."""
    body = b'{"entries": []}' if good.body.startswith(b'{"entries"') else b""
    return replace(good, body=body)


def too_many(_request: Request, good: Response) -> Response:
    """Every entry twice."""
    entries = json.loads(good.body)["entries"]
    return replace(good, body=json.dumps({"entries": entries * 2}).encode())


@dataclass
class FakeLog:
    """One log. `kind` is "rfc6962" or "static"; `page` the most entries of one answer."""

    name: str
    kind: str = "rfc6962"
    page: int = 64
    align: bool = False
    """Whether pages end on multiples of `page`, as Google's do."""
    gzipped: bool = True
    names_tiles: bool = True
    state: str = "usable"
    final_size: int | None = None
    """What the list says of a log that is closed."""
    closed_at: str = "2026-11-22T00:00:00Z"
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    entries: list[Logged] = field(default_factory=list)
    tree: Merkle = field(default_factory=Merkle)
    faults: list[Fault] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    flipped: set[int] = field(default_factory=set)
    """Entries that are served with one byte changed."""
    size: int = 0
    """What the newest head says."""
    clock: int = int(START.timestamp() * 1000)
    """Milliseconds; every head is a second younger than the last."""
    url: str = ""
    _serial: "count[int]" = field(default_factory=lambda: count(1000))

    def grow(self, *certificates: Sequence[str], precertificates: bool = False) -> None:
        """Log a certificate for each tuple of names, and sign a new head."""
        for names in certificates:
            found = certificate(names, next(self._serial))
            self.add(found, names, precertificate=precertificates)
        self.publish()

    def add(
        self, found: x509.Certificate, names: Iterable[str], *, precertificate: bool = False
    ) -> None:
        """Log one certificate without signing a head yet."""
        index = len(self.entries) if self.kind == "static" else None
        if precertificate:
            self.add_entry(logged_precertificate(found, names, self.clock, index))
        else:
            self.add_entry(logged(found.public_bytes(Encoding.DER), names, self.clock, index))

    def add_entry(self, entry: Logged) -> None:
        """Log any entry at all."""
        self.entries.append(entry)
        self.tree.hashes.append(sha256(b"\0" + entry.leaf).digest())

    def publish(self, size: int | None = None) -> None:
        """Sign a head over all entries, or a smaller one."""
        self.clock += 1000
        self.size = len(self.entries) if size is None else size

    def fork(self) -> None:
        """Rewrite the last entry that was signed; heads and proofs follow the new history."""
        at = self.size - 1
        other = certificate(("rewritten.example",), next(self._serial))
        index = at if self.kind == "static" else None
        der = other.public_bytes(Encoding.DER)
        self.entries[at] = logged(der, ("rewritten.example",), self.clock, index)
        self.tree = Merkle(entry.leaf for entry in self.entries)
        self.clock += 1000

    def fault(self, spoil: Spoil, where: str = "", times: int = 1_000_000) -> Fault:
        """Misbehave from now on; returns the fault, to be ended with `faults.remove`."""
        self.faults.append(Fault(spoil, where, times))
        return self.faults[-1]

    # what the list says

    @property
    def spki(self) -> bytes:
        """The log's key, as DER."""
        return _spki(self.key)

    @property
    def origin(self) -> str:
        """What a static log signs as, which is not where it is read."""
        return f"log.{self.name}.example/2026h2"

    def listed(self) -> dict[str, object]:
        """The log's entry in a log list."""
        about: dict[str, object] = {
            "description": self.name,
            "key": base64.b64encode(self.spki).decode(),
            "log_id": base64.b64encode(sha256(self.spki).digest()).decode(),
            "mmd": 60,
            "state": {self.state: self._standing()},
            "temporal_interval": {
                "start_inclusive": "2026-07-01T00:00:00Z",
                "end_exclusive": "2099-01-01T00:00:00Z",
            },
        }
        if self.kind == "rfc6962":
            return about | {"url": self.url}
        return about | {"submission_url": f"https://{self.origin}/", "monitoring_url": self.url}

    def _standing(self) -> dict[str, object]:
        since: dict[str, object] = {"timestamp": self.closed_at}
        final = {"tree_size": self.final_size}
        return since if self.final_size is None else since | {"final_tree_head": final}

    # answers

    def answer(self, request: Request) -> Response:
        """Answer a request whose path is relative to the log's URL."""
        self.requests.append(request.path)
        for fault in list(self.faults):
            if fault.where in request.path and fault.times > 0:
                fault.times -= 1
                return fault.spoil(request, self._good(request.path))
        return self._good(request.path)

    def _good(self, path: str) -> Response:
        split = urlsplit(path)
        query = {key: int(values[0]) for key, values in parse_qs(split.query).items()}
        if self.kind == "rfc6962":
            return self._rfc6962(split.path, query)
        return self._checkpoint() if split.path == "checkpoint" else self._tile(split.path)

    def _signature(self) -> bytes:
        root = self.tree.root(0, self.size)
        message = struct.pack(">BBQQ", 0, 1, self.clock, self.size) + root
        signature = self.key.sign(message, ec.ECDSA(hashes.SHA256()))
        return b"\x04\x03" + struct.pack(">H", len(signature)) + signature

    def _rfc6962(self, path: str, query: dict[str, int]) -> Response:
        if path == "ct/v1/get-sth":
            head = {
                "tree_size": self.size,
                "timestamp": self.clock,
                "sha256_root_hash": _b64(self.tree.root(0, self.size)),
                "tree_head_signature": _b64(self._signature()),
            }
            return _json(head)
        if path == "ct/v1/get-entries":
            return self._entries(query["start"], query["end"] + 1)
        if path == "ct/v1/get-sth-consistency":
            proof = self.tree.proof(query["first"], 0, query["second"])
            return _json({"consistency": [_b64(node) for node in proof]})
        if path == "ct/v1/get-entry-and-proof":
            at, size = query["leaf_index"], query["tree_size"]
            proof = self.tree.path(at, 0, size)
            leaf = _b64(self.entries[at].leaf)
            return _json(
                {"leaf_input": leaf, "extra_data": "", "audit_path": [_b64(x) for x in proof]}
            )
        return Response(404)

    def _entries(self, start: int, end: int) -> Response:
        if start >= self.size:
            return Response(400, b"beyond the tree")
        last = min(end, self.size, start + self.page)
        if self.align:
            last = min(last, start - start % self.page + self.page)
        page = [
            {"leaf_input": _b64(self._flip(at, entry.leaf)), "extra_data": _b64(entry.extra)}
            for at, entry in enumerate(self.entries[start:last], start)
        ]
        return _json({"entries": page})

    def _flip(self, index: int, data: bytes) -> bytes:
        """Change the last letter of the first name, or else a byte in the middle."""
        if index not in self.flipped:
            return data
        at = data.find(self.entries[index].names[0].encode()) if self.entries[index].names else -1
        at = len(data) // 2 if at < 0 else at
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    def _checkpoint(self) -> Response:
        key_id = sha256(self.origin.encode() + b"\n\x05" + sha256(self.spki).digest()).digest()[:4]
        own = key_id + struct.pack(">Q", self.clock) + self._signature()
        root = _b64(self.tree.root(0, self.size))
        lines = [
            f"— grease.invalid {_b64(bytes(40))}",
            f"— {self.origin} {_b64(bytes(7))}",
            f"— {self.origin} {_b64(own)}",
            f"— {self.origin} {_b64(bytes(2432))}",
        ]
        text = f"{self.origin}\n{self.size}\n{root}\n\n" + "\n".join(lines) + "\n"
        return Response(200, text.encode())

    def _tile(self, path: str) -> Response:
        _, kind, rest = path.split("/", 2)
        number, _, width = rest.partition(".p/")
        index = int("".join(group.removeprefix("x") for group in number.split("/")))
        start, end = index * TILE, index * TILE + int(width or TILE)
        if kind.isdecimal():
            body = self._hashes(int(kind), start, end)
            return Response(200, body) if body else Response(404)
        if end > self.size or (kind == "names" and not self.names_tiles):
            return Response(404)
        entries = enumerate(self.entries[start:end], start)
        if kind == "data":
            return self._packed(b"".join(self._flip(at, one.tile_leaf) for at, one in entries))
        return self._packed(b"".join(_names_line(one) for _, one in entries))

    def _hashes(self, level: int, start: int, end: int) -> bytes:
        unit = TILE**level
        if end * unit > self.size:
            return b""
        nodes = (self.tree.root(at * unit, (at + 1) * unit) for at in range(start, end))
        return b"".join(nodes)

    def _packed(self, body: bytes) -> Response:
        if not self.gzipped:
            return Response(200, body)
        return Response(200, gzip.compress(body, 1), {"Content-Encoding": "gzip"})


def _names_line(entry: Logged) -> bytes:
    line = {"Timestamp": entry.timestamp, "Subject": {}, "DNS": list(entry.names)}
    return json.dumps(line).encode() + b"\n"


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _json(value: object) -> Response:
    return Response(200, json.dumps(value).encode(), {"Content-Type": "application/json"})


@dataclass
class Registry:
    """The signed list of logs; `logs` may change while it is served."""

    logs: list[FakeLog]
    faults: list[Fault] = field(default_factory=list)
    timestamp: str = "2099-01-01T00:00:00Z"

    def body(self) -> bytes:
        """The list, version 3."""
        kinds = {"rfc6962": "logs", "static": "tiled_logs"}
        operators = [
            {"name": f"Operator of {log.name}", "email": [], kinds[log.kind]: [log.listed()]}
            for log in self.logs
        ]
        about = {"version": "1.0", "log_list_timestamp": self.timestamp}
        return json.dumps(about | {"operators": operators}).encode()

    def signature(self) -> bytes:
        """The list's signature."""
        return list_key().sign(self.body(), padding.PKCS1v15(), hashes.SHA256())

    def forge(self) -> None:
        """From now on its signature is none, and there is no archive of the two."""
        self.faults += [Fault(status(200), ".sig"), Fault(status(404), ".zip")]

    def bundle(self) -> bytes:
        """Both in a zip archive, as Chrome has it."""
        whole = BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("log_list.json", self.body())
            archive.writestr("log_list.sig", self.signature())
        return whole.getvalue()


@asynccontextmanager
async def ct_server(registry: Registry) -> AsyncIterator[HttpServer]:
    """Serve each log below `/NAME/`, and the list at `/log_list.json`, `.sig` and `.zip`."""

    def handle(request: Request) -> Response:
        _place(registry, server)
        if request.path.startswith("/log_list."):
            parts = {"json": registry.body, "sig": registry.signature, "zip": registry.bundle}
            good = Response(200, parts[request.path.rpartition(".")[2]]())
            for fault in registry.faults:
                if fault.where in request.path:
                    return fault.spoil(request, good)
            return good
        name, _, path = request.path.removeprefix("/").partition("/")
        log = next((one for one in registry.logs if one.name == name), None)
        return log.answer(replace(request, path=path)) if log else Response(404)

    async with http_server(handle) as server:
        _place(registry, server)
        yield server


def _place(registry: Registry, server: HttpServer) -> None:
    """Tell each log where it is served, those that came later too."""
    for log in registry.logs:
        log.url = f"{server.url}/{log.name}/"
