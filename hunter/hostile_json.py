"""JSON from strangers: every way in which msgspec refuses it."""

import msgspec

REFUSALS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""The last is for brackets nested by the million."""
