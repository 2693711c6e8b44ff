"""A small Certificate Transparency client: bytes in, values out, no network and no brands.

Read in this order: `loglist` (which logs there are), `treehead` (what a log signs), `rfc6962` and
`static` (the two ways to read one), `entries` (a page of entries as one block of names), `der`
(names straight from certificates), `merkle` (the proof that nothing is missing), `follow` (one log
from a verified position to its tree head). `docs/ct.md` tells formats and promises.
"""
