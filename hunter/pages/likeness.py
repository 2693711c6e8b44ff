"""How much one page is like another: the TLSH digests of their elements and words."""

from pathlib import Path

from hunter.pages import reading, tlsh
from hunter.pages.reading import Page


def read(body: bytes, content_type: str = "") -> tuple[Page, tlsh.Digest | None]:
    """The page, and its digest unless it holds too little to be compared."""
    page = reading.read(body, content_type)
    return page, tlsh.digest(page.outline)


def digest_of(source: Path | bytes) -> tlsh.Digest:
    """The digest of a page alone; raises ValueError when it holds too little."""
    _, digest = read(source.read_bytes() if isinstance(source, Path) else source)
    if digest is None:
        raise ValueError("it holds too little to be compared")
    return digest
