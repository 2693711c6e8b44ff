"""One at a time, in a folder that can be used."""

from pathlib import Path

import pytest

from hunter.errors import WillPass, YoursToFix
from hunter.store.alone import DAEMON, alone
from tests.world.descriptors import none_left


@pytest.mark.parametrize("in_the_way", ["state", "state/lock/x"])
def test_a_folder_that_cannot_be_used_is_yours_to_fix(tmp_path: Path, in_the_way: str) -> None:
    """A file in its place, a folder in the lock's; a disk that was made read-only is the same."""
    thing = tmp_path / in_the_way
    thing.parent.mkdir(parents=True, exist_ok=True)
    thing.touch()

    with (
        pytest.raises(YoursToFix, match=r"cannot be used(.|\n)*hint: "),
        alone(tmp_path / "state", DAEMON, "another hunter"),
    ):
        pytest.fail("it was taken")


def test_a_machine_that_has_no_room_will_pass(tmp_path: Path) -> None:
    """Nothing is wrong with the config; the next start may find room again."""
    with (
        none_left(),
        pytest.raises(WillPass, match="cannot be used"),
        alone(tmp_path / "state", DAEMON, "another hunter"),
    ):
        pytest.fail("it was taken")
