"""The real clock. Whatever acts in time is given a clock, so that a case can be lived through."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)
