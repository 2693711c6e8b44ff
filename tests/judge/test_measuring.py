"""What is measured in one window of time."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from hunter.judge.measuring import longest_chain

RULES = ("a", "b", "c", "d")
TIMES = st.dictionaries(
    st.sampled_from(RULES), st.lists(st.integers(0, 6), min_size=1, max_size=3).map(sorted)
)


@given(TIMES)
def test_the_longest_chain_is_the_most_rules_that_came_one_after_the_other(
    times: dict[str, list[float]],
) -> None:
    """As found by trying all of them; rules that would stand in the way may be left out."""
    chains = (one for size in range(5) for one in combinations(RULES, size))

    assert longest_chain(RULES, times) == max(len(one) for one in chains if came(one, times))


def came(chain: Sequence[str], times: Mapping[str, list[float]]) -> bool:
    """Whether the rules can be placed at growing times: each as early as it can be."""
    moment = -1.0
    for rule in chain:
        later = [time for time in times.get(rule, ()) if time > moment]
        if not later:
            return False
        moment = later[0]
    return True
