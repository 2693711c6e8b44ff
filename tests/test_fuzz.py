"""Every parser of outside bytes returns, or says no in its own words, whatever comes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzz.targets import SEEDS, TARGETS, run

MUTATIONS = st.lists(st.tuples(st.integers(0, 200), st.binary(max_size=8)), max_size=4)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=60)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    """Bytes from nowhere."""
    run(name, data)


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=60)
@given(which=st.integers(0, 3), changes=MUTATIONS)
def test_sound_input_with_changes_is_read_or_refused(
    name: str, which: int, changes: list[tuple[int, bytes]]
) -> None:
    """What is nearly right reaches further."""
    seeds = SEEDS[name]
    data = seeds[which % len(seeds)]
    for at, piece in changes:
        data = data[:at] + piece + data[at + len(piece) // 2 :]
    run(name, data)
