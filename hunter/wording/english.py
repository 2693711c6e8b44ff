"""The English words: every sentence and label, and nothing else.

Another language is another such file.
"""

import re

from hunter.model import AlertState, Level, Stage
from hunter.wording import english_fields

# --- Lists and values ---------------------------------------------------------------------------

AND = " and "
YES = "yes"
NO = "no"
NONE = "none"
SINGULAR = frozenset((1,))
"""Counts of which a thing stands in the singular."""
MORE = "and {count} more"
UNPRINTABLE = "(nothing printable)"

# --- Fields -------------------------------------------------------------------------------------

FACT_FIELDS = english_fields.FACT_FIELDS
SPOKEN_FIELDS = english_fields.SPOKEN_FIELDS
FIELDS = english_fields.FIELDS
PREFIXES = {"asn": "AS"}
BESIDE_OTHERS = ("confidence", "track")
"""Evidence that stands above already: each is left out while other evidence remains."""
ONLY_WHEN_TRUE = frozenset(("registrant_redacted", "dedicated", "tor_exit"))
"""Fields that are left out of the table when they hold no."""
DAY_FIELDS = frozenset(
    (
        *("first_seen", "registered", "updated", "expires", "ioc_list_date", "tor_exit_last"),
        *("cert_not_before", "cert_not_after"),
    )
)
"""Fields whose values are days, written YYYYMMDD."""

NOTES = {
    "has_mx": "and can send it convincingly",
    "dedicated": "such a server often means that a domain was put to use",
    "origin_ip": "as somebody told; hunter cannot see it",
    "ioc_listing": "somebody once noted the value; a list does not say why, nor who uses it now",
    "tor_exit_last": "the address may have changed hands since, on purpose or by chance",
    "cdn": "the addresses are the delivery network's; the server behind them is hidden",
    "registrant_redacted": "usual for private persons under data protection law",
    "registrant_email": "as stated by whoever registered; nobody verifies it",
}

# --- Levels and likeness ------------------------------------------------------------------------

LEVELS = {
    Level.INFORMATIONAL: "informational",
    Level.LOW: "low",
    Level.MEDIUM: "medium",
    Level.HIGH: "high",
    Level.CRITICAL: "critical",
}
STATES = {
    AlertState.NEW: "new",
    AlertState.ACKNOWLEDGED: "acknowledged",
    AlertState.ESCALATED: "escalated",
    AlertState.CONFIRMED: "confirmed",
    AlertState.DISMISSED: "dismissed",
    AlertState.CLOSED: "closed",
}
NO_REASON = "no reason was given"
LIKENESS_LABEL = "Likeness"
LIKENESS = "{words} ({number} of 1)"
DECIMAL_MARK = "."
LIKENESS_LINKED = "none, it was found by what it shares"
LIKENESS_WORDS = (
    (0.9, "very strong"),
    (0.7, "strong"),
    (0.5, "fair"),
    (0.0, "weak"),
)
SCORE_LABEL = "Score"
SCORE_ONE = "{points} of 100, from one rule"
SCORE_MANY = "{points} of 100, from {rules} rules"

OF = "of {name}"
OF_ELIDED = OF
ELIDED = re.compile(r"(?!)")
"""How a name begins before which `of` is another word."""

# --- What imitates what -------------------------------------------------------------------------

SUBJECT = "[{level}] {domain} looks like {brand}"
SUBJECT_LINKED = "[{level}] {domain} is linked to lookalikes {of_brand}"

YOUR_NAME = "your name {matched}"
YOUR_DOMAIN = "your domain {matched}"
YOUR_KEYWORD = "your keyword {matched}"
PARTNERS_NAME = "your partner's name {matched}"
PARTNERS_DOMAIN = "your partner's domain {matched}"
PARTNERS_KEYWORD = "your partner's keyword {matched}"

CARRIES = "{name} carries {whose}{around}"
CARRIES_DISGUISED = "{name} carries {matched}, which is {whose} {how},{around}"
IS_DISGUISED = "{name} is {whose} {how}"
IS_ITSELF = "{name} is {whose} itself"
IS_ALIKE = "{name} is {whose} under another ending"
EMBEDS = "{name} puts {whose}{how} under another domain, {registrable}"
NO_LIKENESS = "{name} does not look like {brand}. {reason}"
SHOWN_AS = "{name} (shown as {unicode})"
WORD_BEFORE = " with the word {before} in front of it"
WORDS_BEFORE = " with the words {before} in front of it"
WORD_AFTER = " with the word {after} after it"
WORDS_AFTER = " with the words {after} after it"
WORDS_AROUND = " between {before} and {after}"

TECHNIQUES = {
    "addition": "with a character added at the end",
    "bitsquatting": "with one letter a single bit away from the right one",
    "cyrillic": "in Cyrillic letters that look alike",
    "homoglyph": "in letters that look alike",
    "homograph": "in letters that look alike, accented or of another script",
    "homophone": "as it sounds",
    "hyphenation": "parted differently",
    "insertion": "with a character put in",
    "omission": "with a letter left out",
    "plural": "in the plural",
    "repetition": "with a letter doubled",
    "replacement": "with a letter replaced by its neighbour on the keyboard",
    "soundalike": "as it sounds",
    "subdomain": "in a subdomain",
    "substitution": "with a character replaced by another",
    "tld-swap": "under another ending",
    "transposition": "with two letters swapped",
    "typo": "with several letters wrong",
    "vowel-swap": "with a vowel swapped",
}
"""How the brand's name is disguised. Techniques that are not here disguise nothing."""
DISGUISED = "in disguise"
RESPELT = {
    "apart": "with other words between its own",
    "dot for hyphen": "with a dot in place of a hyphen",
    "dot put in": "with a dot put in",
    "dots left out": "without its dots",
    "hyphen for dot": "with hyphens in place of dots",
    "hyphen left out": "with a hyphen left out",
    "hyphen left out, several": "with hyphens left out",
    "hyphen moved": "with its hyphens in other places",
    "hyphen put in": "with a hyphen put in",
    "hyphen put in, several": "with hyphens put in",
    "otherwise": "parted differently",
}
"""What was done to the hyphens and dots of the brand."""

# --- Transitions --------------------------------------------------------------------------------

OPENED = "{name} was seen for the first time as a lookalike {of_brand}."
OPENED_LINKED = "{name} was seen for the first time, linked to lookalikes {of_brand}."
REOPENED = "It was {state}, and is graver now than it was then: it is new again."
REREGISTERED = "It was {state}; on {day} it was registered anew, by whomever: it is new again."
SILENT_UNTIL = "until {moment}"
SILENT_UNTIL_WHY = "until {moment}: {why}"
WOKEN = "It was dismissed on {day} for a time, which is over: it is new again."
LATECOMER = (
    "It was {state}; since then another host under it, {host}, looks like the brand: it is new"
    " again."
)
RAISED = "Severity raised from {before} to {after}."
LOWERED = "Severity lowered from {before} to {after}."
NEW_FINDING = "Another rule fires ({level}): {title}."
APPEARED = "{label} appeared{when}: {after}."
VANISHED = "{label} disappeared{when}: {before}."
CHANGED = "{label} changed from {before} to {after}{when}."
LEFT_PARKING = (
    "It now points to {addresses}, and no longer to the shared servers of {parkers} alone, where"
    " names are often parked."
)
LAST_CHANGE = "It keeps changing: what comes is kept, and no longer told."
BETWEEN = " between {since} and {until}"
ON = " on {day}"
SINCE = " since {since}"
BY = " by {until}"
SWITCHED = {
    ("has_mx", True): "It was given mail servers{when}: it can now receive mail, and send it"
    " convincingly.",
    ("has_mx", False): "Its mail servers went away{when}.",
}
STAGES = {
    Stage.UNREGISTERED: "It is no longer registered.",
    Stage.REGISTERED: "It is now registered.",
    Stage.NAME_SERVERS: "It now has name servers.",
    Stage.ADDRESS: "It now points to an address.",
    Stage.CERTIFICATE: "A certificate has been issued for it: a server is being prepared.",
    Stage.MAIL: "It now has mail servers: it can receive mail, and send it convincingly.",
    Stage.WEB: "A web page now answers under it.",
}
STAGE_NAMES = {stage: str(stage) for stage in Stage}
FELL_BACK = "It fell back from the stage “{before}” to “{after}”."
TRACKED = (
    "It shares {label} {value} with {because}, which stands in an alert about {brand}. Sharing is a"
    " link between the two, not a proof of one hand."
)
TRACKED_BY_HAND = (
    "It shares {label} {value}, which is under watch for {brand}. Sharing is a link to whatever the"
    " watch was set for, not a proof of one hand."
)
TRACKED_STRING = (
    "Its name holds {value}, which is under watch for {brand}. Many names hold it by chance."
)
TRACKED_FIELDS = {
    "registrant_email": "the registrant's address",
    "registrant_email_domain": "the registrant's mail provider",
    "registrant_org": "the registrant's organisation",
    "registrant_name": "the registrant's name",
    "ns": "the name server",
    "ns_domain": "name servers of",
    "a": "the address",
    "aaaa": "the address",
    "mx": "the mail server",
    "origin_ip": "the server",
    "asn": "the network",
    "soa_mailbox": "the zone's mailbox",
    "network": "an address in the network",
    "cert_key": "the certificate's key",
    "page_favicon": "the icon of its page",
}
TRACKED_OTHER = "the value of {label}:"

# --- Findings -----------------------------------------------------------------------------------

EVIDENCE = "{label}: {value}"
RELATED = "Together with: {domains}"
INNOCENT = "Innocent reading: {reading}"
HEDGE = "This is consistent with that reading, and no proof of it."
HEDGES = (
    "consistent", "may ", "might", "could", "can ", "possibl", "perhaps", "suggest", "often",
    "proof", "prove", "likely", "habit", "not definitive", "does not show",
)  # fmt: skip

CAVEAT = (
    "What is told here is consistent with an attempt to imitate {brand}. It is not proof of intent,"
    " nor of who is behind it. Other readings stay open: chance, someone reusing known habits on"
    " purpose, or a legitimate owner."
)
CAVEAT_LINKED = (
    "What is told here is consistent with one hand behind this name and a lookalike {of_brand}. It"
    " is not proof of that, nor of intent, nor of who it is. Other readings stay open: chance,"
    " someone reusing known habits on purpose, a shared provider, or a legitimate owner."
)

# --- Headings and frame of a message -------------------------------------------------------------

KINDS = {
    "opened": "New",
    "reopened": "New again",
    "raised": "Raised",
    "changed": "Changed",
    "acknowledged": "Acknowledged",
    "escalated": "Escalated",
    "confirmed": "Confirmed",
    "dismissed": "Dismissed",
    "closed": "Closed",
    "digest": "Digest",
}
HISTORY = "HISTORY, IN UTC"
LETTERS = "TAKEDOWN LETTERS, IN UTC"
LEFT_OUT = "It is in owned or ignored by now: hunter alerts dismiss {domain} --why REASON"
STEP = "{at} {kind} ({actor}): {text}"
STEP_KINDS = {
    "opened": "opened",
    "reopened": "reopened",
    "raised": "raised",
    "changed": "changed",
    "fell": "fell",
    **{str(state): said for state, said in STATES.items()},
}
STATE = "state: {state}"
SAID = "{actor} set it to {state}."
SAID_WHY = "{actor} set it to {state}: “{why}”"
SAID_REOPENED = "{actor} reopened the alert."
SAID_REOPENED_WHY = "{actor} reopened the alert: “{why}”"
BAND = "{kind} · lookalike {of_brand}"
BAND_LINKED = "{kind} · linked to lookalikes {of_brand}"
HEADING_NEWS = "What is new"
HEADING_FINDINGS = "Why this alert"
HEADING_STEPS = "What to do next"
HEADING_FACTS = "What is known"
HEADING_UNKNOWNS = "What could not be found out"
HEADING_CAVEAT = "How sure this is"
POINT = "{level}, {points} point: {sign}"
POINTS = "{level}, {points} points: {sign}"
SIGNS = (
    (50, "a strong sign by itself"),
    (30, "a sign that counts, together with others"),
    (0, "a weak sign by itself"),
)
"""From so many points on, what a rule that fires is worth."""
REFERENCES = "References: {references}"
ATTACK = "MITRE ATT&CK: {tags}"
ATTACK_GROUP = "MITRE ATT&CK: {tags} (a likeness in method to that group, not attribution)"
FOOTER = (
    "hunter watches for lookalikes {of_brand} and wrote this on {at}. Dots stand in brackets so"
    " that nothing here can be clicked by accident."
)
NOTE = "{values} – {note}"
AT = "{time} UTC"
DAY_AND_TIME = "{day} {time}"
DAY = "{year:04}-{month}-{day:02}"
FIRST_OF_MONTH: int | str = 1
MONTHS = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12")
KEPT_TOGETHER = re.compile(r" (?=[:;?!](?:\s|$)|»)|(?<=«) ")
"""Blanks at which no line breaks: somebody's own rules may be French."""
DATED_NEWS = "{day}: {text}"

# --- Several notices in one message --------------------------------------------------------------

DIGEST_NOTICE = "{count} notice"
DIGEST_NOTICES = "{count} notices"
DIGEST_SUBJECT = "[{level}] {notices} about lookalikes {of_brand}"
DIGEST_BAND = "Digest · lookalikes {of_brand}"
DIGEST_HEADLINE = "{notices} about {domains}. {why}"
DIGEST_DOMAIN_ONE = "one domain"
DIGEST_DOMAIN_MANY = "{count} domains"
DIGEST_WHY = {
    "digest": "This is what has come since the last digest.",
    "flood": "They are too many for a message each.",
    "retro": "Their names had been seen before, when their brand was put under protection.",
    "joined": "These alerts were open when you were added to those whom hunter tells.",
    "joined many": (
        "They are the gravest of those that were open when you were added to those whom hunter"
        " tells: hunter alerts list --open has them all."
    ),
    "outage": "They could not be delivered before, for this way could not be used.",
    "held": "The daily limit of messages was reached before, and they were held back until now.",
}
DIGEST_WHY_ONE = {
    "digest": DIGEST_WHY["digest"],
    "flood": "With the others it was one too many for a message each.",
    "retro": "Its name had been seen before, when its brand was put under protection.",
    "outage": "It could not be delivered before, for this way could not be used.",
    "held": "The daily limit of messages was reached before, and it was held back until now.",
}
DIGEST_LEVELS = "{count} {level}"
DIGEST_GROUP = "{pattern}, {of_brand}: {count}"
DIGEST_GROUP_LINKED = "linked to lookalikes {of_brand}: {count}"
GIST = "{domain} ({level}): {told}"
GIST_WHY = "{gist} – {why}"
DIGEST_MORE = "and {count} more of the same pattern"
DIGEST_LIST = "The whole list is attached, as CSV."
DIGEST_NO_LIST = "The whole list: hunter alerts list --since {since}"
DIGEST_STEPS = (
    "Begin with the gravest. hunter alerts show DOMAIN tells all there is about one.",
    "See which belong together, and judge those at once: hunter incidents list.",
    "Block them all at once: hunter alerts export --format blocklist, or --format rpz.",
    "Do not open, probe or answer any of them: a visit shows whoever holds it that it was found.",
)
LAST_TODAY = (
    "This is the last message of today on this way: the daily limit of {limit} is reached. What"
    " comes now is held back and told together tomorrow. What is urgent still comes."
)
GRAVEST_ALONE = (
    "Beside the list, the files attached hold only the {count} gravest. hunter alerts export writes"
    " them all."
)
NOT_MADE = "Not attached, for a fault in hunter: {files}. The journal tells more."
TOO_LARGE = "Left out, too large for the other side: {files}. hunter alerts export writes them."
BRANDS_MANY = "your domains"
