"""Rules as people write them: load `rules/*`, tell every fault with its place, hold what is sound.

Rules are Sigma files (specification 2.1). This package is the only user of pySigma; what it yields
knows nothing of it. `docs/rules.md` teaches how to write one.
"""

from hunter.rulebook.gathering import gather, laid_over, stamps
from hunter.rulebook.loading import ALWAYS_FIELDS, load, load_files
from hunter.rulebook.reading import RuleFile
from hunter.rulebook.rules import Correlation, Filter, Header, Rule, Rulebook, Sample

__all__ = [
    "ALWAYS_FIELDS",
    "Correlation",
    "Filter",
    "Header",
    "Rule",
    "RuleFile",
    "Rulebook",
    "Sample",
    "gather",
    "laid_over",
    "load",
    "load_files",
    "stamps",
]
