"""What is known of a domain now, as the store has it: the dossier that is asked for most."""

from collections.abc import Sequence
from datetime import datetime

from hunter import dossiers
from hunter.model import Brand, Dossier, Match, Sighting
from hunter.store import Store, facts, sightings


def dossier_of(
    store: Store,
    domain: str,
    at: datetime,
    brand: Brand | None = None,
    match: Match | None = None,
    *,
    seen: Sequence[Sighting] | None = None,
) -> Dossier:
    """What is known of the domain at a moment, in the light of one brand, or whatever the brand.

    `seen` are its sightings, for who has read them already.
    """
    return dossiers.assemble(
        domain,
        brand=brand,
        match=match,
        sightings=sightings.sightings_of(store, domain) if seen is None else seen,
        history=facts.held(store, domain),
        at=at,
    )
