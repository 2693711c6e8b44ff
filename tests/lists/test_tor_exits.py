"""Exit lists in the forms that the Tor project publishes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.lists.tor_exits import NotAnExitList, read_archive, read_list
from tests.world.tor import OCTOBER_12, OCTOBER_30, month


@pytest.mark.parametrize("mode", ["w:xz", "w:gz", "w:bz2", "w"])
def test_a_packed_month_tells_the_last_day_of_each_address(mode: str) -> None:
    """The case's address was an exit until 2016-10-12 and not at the end of the month."""
    exits = read_archive(month(OCTOBER_12, OCTOBER_30, mode=mode))
    assert exits.last == {
        "194.187.249.135": 20161012,
        "91.102.152.227": 20161011,
        "91.102.152.236": 20161030,
    }
    assert (exits.since, exits.until) == (20161011, 20161030)


def test_a_folder_of_lists_and_archives_is_one(tmp_path: Path) -> None:
    """What is no list in it is told and spoils nothing."""
    (tmp_path / "2016").mkdir()
    (tmp_path / "2016" / "list").write_bytes(OCTOBER_12)
    (tmp_path / "10.tar.xz").write_bytes(month(OCTOBER_30))
    assert read_archive(tmp_path).trouble == ""
    (tmp_path / "README").write_text("nothing")
    exits = read_archive(tmp_path)
    assert exits.last["194.187.249.135"] == 20161012
    assert exits.last["91.102.152.236"] == 20161030
    assert exits.trouble.startswith("README: the archive is broken")


def test_an_archive_cut_short_is_no_whole_one(tmp_path: Path) -> None:
    """It names its trouble and never passes for a month without the address."""
    lists = [OCTOBER_12 + b"ExitNode %d\n" % number * 2000 for number in range(20)]
    whole = month(*lists, mode="w:gz")
    path = tmp_path / "x.tar.gz"
    path.write_bytes(whole[: len(whole) // 2])
    assert "broken" in read_archive(path).trouble


@pytest.mark.parametrize(
    "content", [b"", b"<html>no</html>\n", month(b"nothing"), b"ExitAddress x 2016-10-12\n"]
)
def test_what_holds_no_exit_is_refused(content: bytes) -> None:
    """An error page is not an empty list of exits."""
    with pytest.raises(NotAnExitList):
        read_archive(content)
    with pytest.raises(NotAnExitList):
        read_list(content)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The message says what is wrong."""
    with pytest.raises(NotAnExitList, match="No such file"):
        read_archive(tmp_path / "none")


def test_the_bulk_list_is_one_address_a_line() -> None:
    """Both families; other lines do not matter. The dated form is read too."""
    assert read_list(b"# x\n192.0.2.1\r\n2001:DB8::1\n\nrubbish\n").last == {
        "192.0.2.1": 0,
        "2001:db8::1": 0,
    }
    assert read_list(OCTOBER_12).last["194.187.249.135"] == 20161012


def test_lines_across_blocks_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever a block ends, no address and no day is cut."""
    wanted = read_archive(OCTOBER_12).last
    for size in range(40, 300, 7):
        monkeypatch.setattr("hunter.lists.tor_exits._BLOCK", size)
        assert read_list(OCTOBER_12).last == wanted
        assert read_list(OCTOBER_12.rstrip()).last == wanted


@pytest.mark.parametrize("day", ["2016-00-12", "2016-13-12", "2016-10-00", "2016-10-32"])
def test_a_day_that_no_calendar_has_is_left_out(day: str) -> None:
    """The other lines count."""
    exits = read_list(OCTOBER_12 + f"ExitAddress 192.0.2.1 {day} 10:00:00\n".encode())

    assert "192.0.2.1" not in exits.last
    assert (exits.since, exits.until) == (20161011, 20161012)


@pytest.mark.parametrize("limit", ["_MAX_BYTES", "_MAX_FILES"])
def test_a_bomb_is_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither size nor number of files is believed without end."""
    monkeypatch.setattr(f"hunter.lists.tor_exits.{limit}", 1)
    with pytest.raises(NotAnExitList, match=r"larger than|more than"):
        read_archive(month(b"x" * 3000, b"y" * 3000))


def test_a_folder_of_too_many_lists_is_refused_and_not_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One comes every hour: after fourteen months today's were left out."""
    monkeypatch.setattr("hunter.lists.tor_exits._MAX_FILES", 1)
    for name in "ab":
        (tmp_path / name).write_bytes(OCTOBER_12)
    with pytest.raises(NotAnExitList, match="it holds more than 1 files"):
        read_archive(tmp_path)


@given(st.binary(max_size=600), st.binary(max_size=60))
def test_no_bytes_break_the_reader(noise: bytes, line: bytes) -> None:
    """It gives exits or says that there are none."""
    for content in (noise, OCTOBER_12 + b"ExitAddress " + line, month(OCTOBER_12)[:-60] + noise):
        for read in (read_list, read_archive):
            try:
                exits = read(content)
            except NotAnExitList:
                continue
            assert all(0 <= day <= 99991231 for day in exits.last.values())
