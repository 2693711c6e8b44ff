"""What a brand's matcher says of one name."""

from hunter.matching import compile_matcher
from hunter.model import Brand


def alerts(name: str, brand: str, *keywords: str) -> bool:
    """Whether it does by itself, and alike where many are scanned."""
    matcher = compile_matcher([Brand(brand, keywords)])
    (match,) = matcher.match(name)
    assert [hit.match for hit in matcher.scan(name.encode())] == [match]
    return match.confidence >= 0.5
