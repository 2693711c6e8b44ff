"""Figures in Prometheus' text format."""

import re

from hypothesis import given
from hypothesis import strategies as st

from hunter import metrics

SAMPLE = re.compile(r'(\w+)(?:\{((?:\w+="(?:[^"\\\n]|\\[\\"n])*",?)+)\})? (\S+)')


def test_a_family_is_told_once_with_all_its_samples() -> None:
    """With its meaning and its kind."""
    text = metrics.text(
        [
            ("hunter_store_bytes", (), 4096),
            ("hunter_names_total", ("ct_logs",), 2),
            ("hunter_names_total", ("case",), 1),
        ]
    )

    assert text == (
        "# HELP hunter_names_total Names that a source brought.\n"
        "# TYPE hunter_names_total counter\n"
        'hunter_names_total{source="case"} 1\n'
        'hunter_names_total{source="ct_logs"} 2\n'
        "# HELP hunter_store_bytes Size of the store with its write-ahead log.\n"
        "# TYPE hunter_store_bytes gauge\n"
        "hunter_store_bytes 4096\n"
    )


@given(st.text(), st.text(), st.floats(allow_nan=False))
def test_whatever_a_label_holds_a_sample_is_one_line(
    part: str, subject: str, figure: float
) -> None:
    """Quotes, line breaks and lone surrogates among it."""
    text = metrics.text([("hunter_part_healthy", (part, subject), figure)])
    lines = text.split("\n")

    assert len(lines) == 4
    assert SAMPLE.fullmatch(lines[2])
    text.encode()


def test_what_is_counted_adds_up() -> None:
    """By its labels."""
    metrics.forget()
    metrics.add("hunter_names_total", "case", by=3)
    metrics.add("hunter_names_total", "case")

    assert list(metrics.counted()) == [("hunter_names_total", ("case",), 4)]
    metrics.forget()
