"""The English words of `hunter report`."""

from hunter.model import Stage

TITLE = "hunter: {span}"
HEADING = "What looked like {brands}"
SPAN = "{since} to {until} (UTC)"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
FIRST_OF_MONTH = "1"
DAY = "{day} {month} {year}"
DAY_AND_TIME = "{day} {month} {year}, {time}"
SHORT_DAY = "%-d %b"
SHORT_MONTH = "%b %Y"
SHORT_HOUR = "%H:%M"

NOTHING = "Nothing that resembles you showed itself in this time."
IN_SHORT = "{lookalikes}; {opened}{delay}."
LOOKALIKES = (
    "No new lookalike showed itself",
    "One new lookalike showed itself",
    "{count} new lookalikes showed themselves",
)
"""Of none, of one, of several; so are the others of three."""
OPENED = ("no alert was opened", "one alert was opened", "{count} alerts were opened")
DELAY = ", typically {delay} after the first sighting"
DELAY_OF_ONE = ", {delay} after the first sighting"
AND_TROUBLE = (
    "{count} of the parts that watch or tell {are} in trouble: what they would have seen is missing"
    " here."
)
ARE = ("is", "are")

TILE_LOOKALIKES = ("new lookalikes", "new lookalike", "new lookalikes")
TILE_LOOKALIKES_NOTE = "{plain} of them plain"
TILE_OPENED = ("alerts opened", "alert opened", "alerts opened")
TILE_OPENED_NOTE = "{grave} high or critical"
TILE_DELAY = "first sighting to alert"
TILE_DELAY_NOTE = "median; slowest {slowest}"
TILE_DISMISSED = ("dismissed", "dismissed", "dismissed")
TILE_DISMISSED_NOTE = "found harmless by a person"
TILE_WATCH = "parts well"
TILE_WATCH_NOTE = "{trouble} in trouble"

COURSE = "The course of it"
COURSE_NEW = "New lookalikes"
COURSE_OPENED = "Alerts opened"
COURSE_LABEL = "Chart: new lookalikes ({lookalikes}) and alerts ({opened}), {step}"
PER = {3600: "by the hour", 86400: "by the day", 604800: "by the week"}
COLUMN = "{start}: new lookalikes {lookalikes}, alerts opened {opened}"

ALERTS = "Alerts"
ALERTS_NOTE = "Opened or changed in this time, gravest first."
NO_ALERTS = "None was opened or changed."
COLUMNS = {
    "severity!": "Severity",
    "domain!": "Domain",
    "how…": "How",
    "stage…": "How far it is",
    "state…": "State",
    "opened": "Opened",
    "why": "Why",
}
"""On a phone, `!` speaks for itself and `…` is short; see `survey.text.table`."""
AFTER = "{delay} after the first sighting"
BEFORE = "before this time"
SHOWN_AS = "shown as {shown}"
IMITATES = "looks like {brand}"
LINKED = "linked to lookalikes {of_brand}"
MORE_ALERTS = "and {count} more: hunter alerts list"

INCIDENTS = "Incidents"
INCIDENTS_NOTE = "Domains that share what strangers rarely share, told as one story each."
MORE_LINES = "and {count} more: hunter incidents show {incident}"
MORE_INCIDENTS = "and {count} more: hunter incidents list"

LOOKALIKES_HEADING = "New lookalikes"
LOOKALIKES_NOTE = (
    "Every name that resembles a brand, whether it led to an alert or not. Dark: plainly (likeness"
    " 0.5 or more); light: faintly, as everyday words do."
)
BY_TECHNIQUE = "By how they imitate"
BY_STAGE = "By how far they are"
STAGES = {
    str(Stage.UNREGISTERED): "not registered (any more)",
    str(Stage.REGISTERED): "registered",
    str(Stage.NAME_SERVERS): "name servers",
    str(Stage.ADDRESS): "address",
    str(Stage.CERTIFICATE): "certificate",
    str(Stage.MAIL): "takes mail",
    str(Stage.WEB): "web page",
    "": "not looked up yet",
}
TECHNIQUES = {"track": "found by what it shares"}
MORE_BARS = "and {count} more"
BAR_TITLE = "{label}: {count}, {plain} of them plain"

DELAYS = "From first sighting to alert"
DELAYS_NOTE = (
    "The first sighting is when a source saw the name; the alert waits until it was looked up and"
    " judged, and some names become grave only later."
)
DELAY_TITLE = "{label}: {count}"
WITHIN = ("within a minute", "10 minutes", "an hour", "6 hours", "a day", "later")

WATCHED = "What was watched, and how completely"
WATCHED_NOTE = "As things stand now. “All of it” means that nothing was amiss since before {since}."
SEEN_BY = "New names by source: {sources}."
SOURCE = "{source} {count}"
SEEN_BY_NOBODY = "No source saw a new name that resembles you."
WELL = "well"
TROUBLE = "in trouble"
OFF = "switched off"
WHOLE = "all of it"
FROM = "since {since}"
NOT_SINCE = "not since {since}"
PART_COLUMNS = {"part!": "Part", "state…": "State", "span…": "In this time", "message": "Last told"}
MANY_WELL = "{count} of {every} well"
SILENT = "Configured, and has not told anything yet"

DISMISSED = "Dismissed, and why"
DISMISSED_NOTE = (
    "Names that a person found harmless. hunter speaks of them again only if they grow graver, or"
    " where a host alone imitated, for another host."
)
NO_DISMISSALS = "Nothing was dismissed."
EARLIER_DISMISSALS = "and {count} before these: hunter alerts list --state dismissed"
NO_REASON = "no reason was given"
DISMISSED_COLUMNS = {"domain!": "Domain", "at…": "When", "who…": "By", "why": "Why"}

LETTERS = "Takedown letters"
LETTERS_NOTE = "What was written and sent. hunter writes, people send."
LETTER_COLUMNS = {"domain!": "Domain", "at…": "When", "what…": "What", "to…": "To", "note": "Note"}
LETTER_KINDS = {"written": "written", "sent": "sent"}
ADDRESSEES = {
    "registrar": "registrar",
    "host": "host",
    "cdn": "cdn",
    "platform": "platform",
    "registry": "registry",
}

CAVEAT_HEADING = "How to read this"
CAVEAT = (
    "That a name resembles yours is not proof of intent, and nothing here says who is behind any of"
    " them: chance, a legitimate owner or somebody reusing known habits on purpose remain possible."
    " What shows itself nowhere (no certificate, in no list, not among the names that hunter tries)"
    " is not in this report."
)
FOOTER = (
    "Written by hunter {version} on {at} UTC. Dots stand in brackets so that nothing is clicked by"
    " accident."
)

WRITTEN = "{file}: {lookalikes}, {opened}"
WRITTEN_LOOKALIKES = ("0 new lookalikes", "1 new lookalike", "{count:,} new lookalikes")
WRITTEN_OPENED = ("0 alerts opened", "1 alert opened", "{count:,} alerts opened")

NO_TIME = "–"
UNDER_A_SECOND = "under 1\N{NO-BREAK SPACE}s"
SECONDS = "{count}\N{NO-BREAK SPACE}s"
MINUTES = "{count}\N{NO-BREAK SPACE}min"
HOURS = "{count}\N{NO-BREAK SPACE}h"
DAYS = "{count}\N{NO-BREAK SPACE}days"
