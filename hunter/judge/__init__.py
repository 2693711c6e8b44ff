"""Rules x dossier → findings. Pure: no input or output, no clock but the dossiers' own times."""

from hunter.judge.company import Company, company
from hunter.judge.correlating import correlate, occurring
from hunter.judge.joint import Joint
from hunter.judge.judging import judge
from hunter.judge.reasons import Verdict, verdicts
from hunter.judge.sampling import Trial, failures, trials

__all__ = [
    "Company",
    "Joint",
    "Trial",
    "Verdict",
    "company",
    "correlate",
    "failures",
    "judge",
    "occurring",
    "trials",
    "verdicts",
]
