"""What a person is told, in words."""

from hunter.notice import how_many


def test_one_is_no_plural() -> None:
    """And thousands can be read."""
    told = [how_many(count, "alert") for count in (0, 1, 2, 1234)]
    assert told == ["0 alerts", "1 alert", "2 alerts", "1,234 alerts"]
