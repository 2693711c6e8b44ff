"""The nouns that travel through hunter, each frozen. The words are those of `docs/words.md`."""

from hunter.model.alerts import DONE, REOPENED, Alert, AlertState, Transition
from hunter.model.brands import Brand, BrandKind
from hunter.model.facts import A_DAY, TOLD_BY, Dossier, Fact, Json, PastFact, Stage, Value
from hunter.model.findings import Evidence, Finding, Level, points
from hunter.model.incidents import Incident, Link, Member, Outline
from hunter.model.matches import LINKED, Match, Name, Sighting, hundredths
from hunter.model.reports import PASSING, Report
from hunter.model.subscribers import LANGUAGES, NEWS, TRANSITIONS, Rhythm, Subscriber
from hunter.model.tracks import BY_HUNTER, Track

__all__ = [
    "A_DAY",
    "BY_HUNTER",
    "DONE",
    "LANGUAGES",
    "LINKED",
    "NEWS",
    "PASSING",
    "REOPENED",
    "TOLD_BY",
    "TRANSITIONS",
    "Alert",
    "AlertState",
    "Brand",
    "BrandKind",
    "Dossier",
    "Evidence",
    "Fact",
    "Finding",
    "Incident",
    "Json",
    "Level",
    "Link",
    "Match",
    "Member",
    "Name",
    "Outline",
    "PastFact",
    "Report",
    "Rhythm",
    "Sighting",
    "Stage",
    "Subscriber",
    "Track",
    "Transition",
    "Value",
    "hundredths",
    "points",
]
