"""Rules x dossier → findings. Pure: no input or output, no clock but the dossiers' own times."""

from hunter.judge.correlating import correlate, group_keys
from hunter.judge.judging import judge
from hunter.judge.sampling import failures

__all__ = ["correlate", "failures", "group_keys", "judge"]
