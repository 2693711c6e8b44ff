"""A log that stands on no list: known by its key alone."""

from binascii import Error as Base64Error
from binascii import a2b_base64

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)

from hunter.ct.loglist import Kind, Log
from hunter.ct.readers import Fetch
from hunter.ct.static import CHECKPOINT_PATH, parse_note
from hunter.ct.treehead import NoTreeHead

_OK = 200


class NoKey(ValueError):
    """The bytes are no public key."""


def read_key(content: bytes) -> bytes:
    """A log's key as DER, from PEM, DER or the base64 of a log list; raises NoKey."""
    try:
        is_pem = content.lstrip().startswith(b"-----")
        public = load_pem_public_key(content) if is_pem else load_der_public_key(_der(content))
        return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NoKey("neither PEM, nor DER, nor base64 of a public key") from error


def _der(content: bytes) -> bytes:
    try:
        return a2b_base64(content.strip(), strict_mode=True)
    except Base64Error:
        return content


async def unlisted(url: str, key: bytes, fetch: Fetch) -> Log:
    """The log read at `url`; its server is asked which kind it is. Raises WillPass.

    A static log's name is taken from its checkpoint, since the key is what it is known by.
    """
    answer = await fetch(CHECKPOINT_PATH)
    try:
        origin = parse_note(answer.body).text.partition("\n")[0] if answer.status == _OK else ""
    except NoTreeHead:
        origin = ""
    if origin:
        return Log(url, "", key, url, Kind.STATIC, f"https://{origin}/")
    return Log(url, "", key, url, Kind.RFC6962, url)
