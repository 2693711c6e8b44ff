"""A standing watch."""

from dataclasses import dataclass

BY_HUNTER = "hunter"
"""Who made a track that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Track:
    """A standing watch on one value of one field; new domains that carry it become sightings."""

    field: str
    """One of `trackable.FIELDS`: registrant_email, ns, a, network, asn, string, ..."""
    value: str
    brand: str
    """The brand whose alert gave rise to it, or for which somebody set it."""
    because: str = ""
    """The domain that carried the value first; empty when somebody set the track."""
    excludes: tuple[str, ...] = ()
    """For a string: names that hold one of these are no finds."""
    made_by: str = BY_HUNTER
    """hunter itself, the config, or a person's name."""

    @property
    def name(self) -> str:
        """How sources and status call it: `registrant_email=johnpinch@mail.com`."""
        return f"{self.field}={self.value}"
