"""Every sentence a person reads about a finding. Attribution stays hedged, names stay defanged.

`english` holds the words, `sentences` and `facts` say one thing each, `notices` puts a whole
message together, and `as_text` and `as_html` dress it for a channel.
"""

from hunter.wording.catalogue import in_every_language
from hunter.wording.cleaning import clean, harmless, scrub, shorten
from hunter.wording.digest import digest, gravest_alone, last_today, lighter, not_made
from hunter.wording.health import health_notice, trial_notice
from hunter.wording.notices import account, as_it_stands, headline, notice
from hunter.wording.sentences import (
    sentence_for_change,
    sentence_for_finding,
    sentence_for_last,
    sentence_for_latecomer,
    sentence_for_leaving,
    sentence_for_opening,
    sentence_for_reopening,
    sentence_for_reregistration,
    sentence_for_severity,
    sentence_for_silence,
    sentence_for_stage,
    sentence_for_track,
    sentence_for_waking,
)
from hunter.wording.story import Story, story

__all__ = [
    "Story",
    "account",
    "as_it_stands",
    "clean",
    "digest",
    "gravest_alone",
    "harmless",
    "headline",
    "health_notice",
    "in_every_language",
    "last_today",
    "lighter",
    "not_made",
    "notice",
    "scrub",
    "sentence_for_change",
    "sentence_for_finding",
    "sentence_for_last",
    "sentence_for_latecomer",
    "sentence_for_leaving",
    "sentence_for_opening",
    "sentence_for_reopening",
    "sentence_for_reregistration",
    "sentence_for_severity",
    "sentence_for_silence",
    "sentence_for_stage",
    "sentence_for_track",
    "sentence_for_waking",
    "shorten",
    "story",
    "trial_notice",
]
