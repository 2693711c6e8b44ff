"""Doors to the outside: limits, time-outs and the address guard live here and nowhere else."""
