"""The English words about hunter itself: what is in trouble, what is well again."""

KIND = "hunter itself"
BAND_TROUBLE = "hunter itself · in trouble"
BAND_OVER = "hunter itself · well again"

SUBJECT_ONE = "[hunter] {word}: {what}"
SUBJECT_MANY = "[hunter] {count} parts in trouble"
SUBJECT_OVER_ONE = "[hunter] well again: {what}"
SUBJECT_OVER_MANY = "[hunter] {count} parts are well again"
TROUBLE = "trouble"

HEADLINE_TROUBLE = (
    "A part of hunter is in trouble. Until it is well, hunter may miss what shows itself only"
    " there."
)
HEADLINE_OVER = "What was in trouble is well again."

IN_TROUBLE = "{what}, since {since}: {message}"
WELL_AGAIN = "{what} is well again since {since}: {message}"
MORE = "and {count} more; hunter status lists them all"

PARTS = {"sources": "source {name}", "notifiers": "channel {name}", "job": "job {name}"}
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
    "gone": "gone before it was read to its end",
    "lost": "lost its place",
}
"""Troubles as people call them."""

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
OTHERS = "The other parts go on, and what is queued is not lost."

FOOTER = (
    "hunter wrote this on {at} to whoever keeps it running. It tells each trouble once, and once"
    " more when it is over. Dots stand in brackets so that nothing here can be clicked by accident."
)
