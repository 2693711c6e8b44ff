"""What webhooks have in common."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.errors import Unwelcome, WillNotPass, WillPass
from hunter.net import hook
from hunter.net.http import HttpAnswer
from tests.world.alerts import STEERS, hostile

AT = datetime(2017, 4, 24, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://hooks.example/x", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://[::1]/x", True),
        ("http://localhost/x", True),
        ("http://hooks.example/x", False),
        ("http://127.0.0.1.example/x", False),
        ("https://", False),
        ("ftp://hooks.example/x", False),
        ("ftp://localhost/x", False),
        ("http://[x", False),
        ("", False),
    ],
)
def test_a_secret_goes_where_nobody_reads_it(url: str, safe: bool) -> None:
    """By https, or within this machine."""
    assert hook.is_safe(url) is safe


@given(st.text())
def test_anything_may_be_asked(url: str) -> None:
    """A file may hold anything."""
    assert hook.is_safe(url) in (True, False)


@given(hostile, st.integers(300, 599))
def test_an_answer_is_one_clean_line_of_the_error(said: str, status: int) -> None:
    """Whatever the server says; its words are somebody else's."""
    answer = HttpAnswer(
        status, {"retry-after": "5"}, said.encode("utf-8", "replace"), "https://x/y"
    )
    busy = status in (408, 425, 429) or status >= 500
    with pytest.raises(WillPass if busy else WillNotPass, match=f"hook: .* {status}") as caught:
        hook.settle(answer, "hook", AT)

    assert isinstance(caught.value, Unwelcome) is (status in (400, 413, 422))
    assert not STEERS.search(str(caught.value))
    assert len(str(caught.value)) < 150
    assert getattr(caught.value, "retry_after", None) in (None, timedelta(seconds=5))
