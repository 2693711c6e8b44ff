"""The English words about hunter itself: what is in trouble, what is well again."""

KIND = "hunter itself"
BAND_TROUBLE = "hunter itself · in trouble"
BAND_OVER = "hunter itself · well again"
BAND_TRIAL = "hunter itself · a test"

SUBJECT_ONE = "[hunter] {word}: {what}"
SUBJECT_MANY = "[hunter] {count} parts in trouble"
SUBJECT_OVER_ONE = "[hunter] well again: {what}"
SUBJECT_OVER_MANY = "[hunter] {count} parts are well again"
SUBJECT_TRIAL = "[hunter] a test message"
TROUBLE = "trouble"

HEADLINE_TROUBLE = "Not all of hunter works as it should."
HEADLINE_BLIND = (
    "A part of hunter is in trouble. Until it is well, hunter may miss what shows itself only"
    " there."
)
HEADLINE_TRIAL = (
    "This is a test: nothing was found, and nothing is in trouble. Alerts will reach you this way."
)
HEADLINE_OVER = "What was in trouble is well again."

IN_TROUBLE = "{what}, since {since}: {message}{means}"
WELL_AGAIN = "{what} is well again since {since}: {message}"
MORE = "and {count} more; hunter status lists them all"

PARTS = {
    "sources": "source {name}",
    "notifiers": "channel {name}",
    "job": "job {name}",
    "enrichers": "provider {name}",
    "rules": "set of rules",
    "config": "config",
}
"""Families of parts as people call one of them."""

WORDS = {
    "passing": "no answer",
    "behind": "falls behind",
    "silent": "silent",
    "forked": "forked",
    "shrank": "shrank",
    "mismatch": "wrong entries",
    "bad tree head": "bad signature",
    "bad list": "bad list of logs",
    "logs unread": "logs left unread",
    "gone": "gone before it was read to its end",
    "lost": "lost its place",
    "off": "switched off",
    "refused": "message refused",
    "fault": "fault in hunter",
    "hangs": "does not end",
}
"""Troubles as people call them."""

PUT_OFF = "messages wait"
"""What passes, of a channel: not only that nobody answers there."""

LIES = frozenset(("forked", "shrank", "mismatch", "bad tree head"))
"""Troubles that mean that a log contradicts itself or its signature."""

LOOK = (
    "See hunter status on the machine where hunter runs: it tells how each part fares now. The"
    " journal tells the course."
)
KEEP = (
    "Keep this message. A log that contradicts itself breaks its promise to everybody: its operator"
    " and the browsers' certificate programmes (ct-policy) want to hear of it. hunter believes"
    " nothing that the log shows until it is consistent again, and forgets nothing it verified."
)
MEND = (
    "Mend what the other side refused, then systemctl restart hunter: that takes a changed secret,"
    " too, and switches the channel on again. Else it is tried once a day. What waits is told"
    " together."
)
OTHERS = "The other parts go on, and what is queued is not lost."

STEP_TRIAL = (
    "Nothing, but for one thing: if this lay among junk mail, or in a place that nobody looks at,"
    " have that mended before an alert comes."
)

FOOTER_TRIAL = "Somebody had hunter send this on {at}, with hunter trial."
FOOTER = (
    "hunter wrote this on {at} to whoever keeps it running. It tells each trouble once, and once"
    " more when it is over. Dots stand in brackets so that nothing here can be clicked by accident."
)

MEANS = {
    "sources.registrations": (
        "No new registrations of this list are seen: lookalikes in it show up only through"
        " certificates and DNS."
    ),
    "sources.ct_logs": (
        "Certificates in this log are not seen: a lookalike shows up through another log, a list of"
        " new registrations or DNS."
    ),
    "sources.certstream": (
        "Certificates of this stream are not seen: lookalikes show up only through lists of new"
        " registrations and DNS."
    ),
    "sources.permutations": (
        "Names that a squatter could register are not looked up: lookalikes show up only through"
        " certificates and lists of new registrations."
    ),
    "sources.reverse_whois": "New domains of registrants you watch are not looked for.",
    "sources.passive_dns": "New domains on servers you watch are not looked for.",
    "sources": "What only this source would have shown is not seen.",
    "notifiers": "Letters wait and are sent when it is over; other channels go on.",
    "enrichers": "Rules that need its answers stay silent, and what it knew is kept.",
    "rules": "Lookalikes are judged by the rules from before until the files are mended.",
    "config": "hunter goes by the config from before, and may not start again with this one.",
    "job.canary": "Alerts may not reach people.",
    "job.deliver": "Nobody is told anything until it works again.",
    "job.judge_pending": "No new alert is opened until it works again.",
    "job.judge": "Alerts on these domains are neither opened nor raised until they can be judged.",
    "job.enrich": "Nothing new is learnt of domains until it works again.",
    "job.disk": "When it is full nothing new can be written, and hunter waits for room.",
}
"""What trouble of a part, or of a family of parts, means for who is protected."""

CLOSED = {
    "certificates": "neither [sources.ct_logs] nor [sources.certstream] is on",
    "new registrations": "[sources.registrations] has no list",
    "likely names in DNS": "[sources.permutations] is off",
    "known registrants": "[sources.reverse_whois] has no account",
    "known servers": "[sources.passive_dns] has no account",
}
NOT_YET = "has not reported yet"
IN_TROUBLE_ALL = "all of it is in trouble: {message}"
IN_TROUBLE_SOME = "{ill} of {all} in trouble: {where}"
NO_LIST = "no list is of .{ending}"

CANARY_HOME = "the canary of {at} came through, from a source to every channel"
CANARY_HELD = "the canary of {at} did not come through: {obstacle}"
NO_CANARY = "no canary was let fly since {at}"
HELD_BEFORE = {
    "match": "it was not recognised as a lookalike",
    "enrich": "nothing was found out about it",
    "judge": "no rule was held against it",
}
"""The step that it waits for → what did not happen."""
HELD_BY_RULES = (
    "no rule calls for an alert about a lookalike of {brands} that was registered today and takes"
    " mail"
)
HELD_BY_CHANNEL = "its letters do not come out at {channels}"
CERTIFICATE_SEEN = "the daily test certificate was seen in the logs on {at}"
CERTIFICATE_LATE = (
    "the daily test certificate of certspotter.org was not seen in any log since {at}"
)
