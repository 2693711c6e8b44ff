"""Bulk matching: the same matches over one or many processes, and honest counts."""

import gzip
import io
import sys
from pathlib import Path

import pytest

from hunter.bulk import Progress, match_files
from hunter.feeds import Limits
from hunter.matching import compile_matcher
from hunter.model import Brand, Match

BRANDS = (Brand("en-marche.fr", keywords=("marche",)), Brand("elysee.fr"))
GOOD = ["mail-en-marche.fr", "en-marche.co", "elysee-login.com"]


def _list(count: int) -> list[str]:
    """Ordinary names with lookalikes strewn among them."""
    return [
        GOOD[number // 1000 % 3] if number % 1000 == 500 else f"zz{number}.de"
        for number in range(count)
    ]


def _run(*paths: Path | io.BytesIO, jobs: int = 1) -> tuple[list[Match], Progress]:
    told: list[Progress] = []
    found = list(match_files(paths, BRANDS, jobs=jobs, on_progress=told.append))
    return found, told[-1]


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of a few thousand names have many blocks."""
    monkeypatch.setattr("hunter.feeds.Limits", lambda: Limits(block=16_384))


def test_matches_come_in_the_order_of_the_names(tmp_path: Path) -> None:
    """The same as the matcher finds in the whole text, with counts."""
    text = "\n".join(_list(3000)) + "\n"
    path = tmp_path / "list.txt"
    path.write_text(text)

    found, progress = _run(path)

    assert [match.name for match in found] == GOOD
    assert found == [hit.match for hit in compile_matcher(BRANDS).scan(text.encode())]
    assert progress == Progress(files=1, taken=len(text), lines=3000, names=3000)


@pytest.mark.usefixtures("small_blocks")
def test_many_processes_find_the_same_in_the_same_order(tmp_path: Path) -> None:
    """Blocks are matched beside each other and told one after the other."""
    path = tmp_path / "list.gz"
    path.write_bytes(gzip.compress("\n".join(_list(6000)).encode()))

    alone, counted_alone = _run(path)
    together, counted_together = _run(path, jobs=2)

    assert len(alone) == 6
    assert together == alone
    assert counted_together == counted_alone


def test_troubles_are_counted_and_never_fatal(tmp_path: Path) -> None:
    """Broken lines, a missing file and half an archive; all else is matched."""
    noisy = tmp_path / "noisy.txt"
    noisy.write_bytes(b"\x00\x01\nen-marche.co\nno name\n")
    half = tmp_path / "half.gz"
    half.write_bytes(gzip.compress(b"elysee-login.com\n" * 9)[:-3])
    missing = tmp_path / "missing.txt"

    found, progress = _run(missing, noisy, half)

    assert {match.name for match in found} == {"en-marche.co", "elysee-login.com"}
    assert (progress.files, progress.broken) == (3, 2)
    assert [(Path(name).name, reason.split(":")[0]) for name, reason in progress.troubles] == [
        ("missing.txt", "cannot be opened"),
        ("half.gz", "the gzip data ends in the middle"),
    ]


def test_the_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `-`, or as any open stream."""
    stdin = io.TextIOWrapper(io.BytesIO(b"en-marche.co\n"))
    monkeypatch.setattr(sys, "stdin", stdin)

    assert [match.name for match in _run(Path("-"))[0]] == ["en-marche.co"]
    assert [match.name for match in _run(io.BytesIO(b"en-marche.co"))[0]] == ["en-marche.co"]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("small_blocks")
def test_what_is_not_sure_enough_is_left_out(tmp_path: Path, jobs: int) -> None:
    """The others are told as they would be beside it."""
    path = tmp_path / "list.txt"
    path.write_text("\n".join([*_list(3000), "supermarche.fr"]))
    every, _ = _run(path)
    least = sorted(match.confidence for match in every)[1]

    found = list(match_files([path], BRANDS, jobs=jobs, least=least))

    assert found == [match for match in every if match.confidence >= least]
    assert 0 < len(found) < len(every)


@pytest.mark.usefixtures("small_blocks")
def test_whoever_has_seen_enough_may_stop(tmp_path: Path) -> None:
    """Leaving early ends the processes and reads no further than a few blocks ahead."""
    path = tmp_path / "list.txt"
    path.write_text("\n".join(_list(30_000)))
    told: list[Progress] = []

    matches = match_files([path], BRANDS, jobs=2, on_progress=told.append)
    assert next(matches).name == GOOD[0]
    matches.close()  # type: ignore[attr-defined]

    assert told[-1].lines < 15_000


def test_progress_is_told_after_each_block(tmp_path: Path, small_blocks: None) -> None:
    """So that a bar can move; it never goes back."""
    path = tmp_path / "list.txt"
    path.write_text("\n".join(_list(5000)))
    told: list[Progress] = []

    list(match_files([path, path], BRANDS, on_progress=told.append))

    assert len(told) > 5
    assert told == sorted(told, key=lambda progress: (progress.lines, progress.files))
    assert (told[-1].files, told[-1].names) == (2, 10_000)
