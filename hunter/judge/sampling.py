"""Run the tests that rules carry in their own files."""

from collections.abc import Iterator
from itertools import chain

from hunter.judge.correlating import fires
from hunter.judge.judging import bench
from hunter.judge.seen import fields_of
from hunter.rulebook import Header, Rulebook, Sample


def failures(rulebook: Rulebook) -> tuple[str, ...]:
    """One sentence, with file and line, for every test of a rule that does not come out as told."""
    headers = chain(
        (rule.header for rule in rulebook.rules),
        (correlation.header for correlation in rulebook.correlations),
    )
    return tuple(chain.from_iterable(_failed(rulebook, header) for header in headers))


def _failed(rulebook: Rulebook, header: Header) -> Iterator[str]:
    for sample in header.samples:
        if _matches(rulebook, header, sample) != sample.matches:
            verb = "does not match" if sample.matches else "matches"
            yield f"{sample.where}: {header.title!r} {verb} {sample.dossiers[0].domain}"


def _matches(rulebook: Rulebook, header: Header, sample: Sample) -> bool:
    ready = bench(rulebook)
    if header.id in ready.checks:
        return ready.checks[header.id].holds(ready.layout.lay_out(fields_of(sample.dossiers[0])))
    return fires(rulebook, header.id, sample.dossiers[0], sample.dossiers[1:])
