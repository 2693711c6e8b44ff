"""The hash of a page's icon, as Shodan, Censys and FOFA search for it.

Source: MurmurHash3 (A. Appleby, public domain), x86, 32 bits, seed 0, signed, over the Base64 of
the file in lines of 76 characters.
"""

from base64 import encodebytes

_MASK = 0xFFFF_FFFF


def icon_hash(content: bytes) -> int:
    """The number to write after `http.favicon.hash:`."""
    found = murmur3(encodebytes(content))
    return found - (1 << 32) if found >> 31 else found


def murmur3(data: bytes) -> int:
    """MurmurHash3 of the bytes, unsigned."""
    whole = len(data) // 4 * 4
    found = 0
    for place in range(0, whole, 4):
        found ^= _mixed(int.from_bytes(data[place : place + 4], "little"))
        found = (_turned(found, 13) * 5 + 0xE654_6B64) & _MASK
    found ^= _mixed(int.from_bytes(data[whole:], "little")) ^ len(data)
    found = (found ^ found >> 16) * 0x85EB_CA6B & _MASK
    found = (found ^ found >> 13) * 0xC2B2_AE35 & _MASK
    return found ^ found >> 16


def _mixed(block: int) -> int:
    return _turned(block * 0xCC9E_2D51 & _MASK, 15) * 0x1B87_3593 & _MASK


def _turned(value: int, bits: int) -> int:
    return (value << bits | value >> 32 - bits) & _MASK
