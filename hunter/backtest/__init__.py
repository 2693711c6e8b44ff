"""Changed rules over all that was stored, as it was at the time: what would have been different.

Two sets of rules live through the same past, side by side: each change of what was known of a
domain is judged by both, alerts are opened and raised by the same decisions as ever, and messages
are counted. What differs between the two lives is the report. Triage is not replayed: nobody
dismissed anything.
"""

from hunter.backtest.lives import replay
from hunter.backtest.page import page
from hunter.backtest.report import FATES, Backtest, Change, DayCount, Kind, Messages, RuleChange

__all__ = [
    "FATES",
    "Backtest",
    "Change",
    "DayCount",
    "Kind",
    "Messages",
    "RuleChange",
    "page",
    "replay",
]
