"""What is known of a domain now, as the store has it: the dossier that is asked for most."""

from datetime import datetime

from hunter import dossiers
from hunter.model import Brand, Dossier, Match
from hunter.store import Store, facts, sightings


def dossier_of(
    store: Store,
    domain: str,
    at: datetime,
    brand: Brand | None = None,
    match: Match | None = None,
) -> Dossier:
    """What is known of the domain at a moment, in the light of one brand, or whatever the brand."""
    return dossiers.assemble(
        domain,
        brand=brand,
        match=match,
        sightings=sightings.sightings_of(store, domain),
        history=facts.held(store, domain),
        at=at,
    )
