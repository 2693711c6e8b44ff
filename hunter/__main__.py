"""`hunter`, and `python -m hunter`."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager


def main() -> None:
    """The command line; whoever breaks it off while it is being loaded gets no traceback."""
    interrupted = signal.getsignal(signal.SIGINT)
    if interrupted is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from hunter import cli

    signal.signal(signal.SIGINT, interrupted)
    with _ending_in_order():
        cli.main()


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """A machine that goes down, or a terminal that is closed, ends a command as Ctrl-C does.

    Else a copy of all that hunter knows, half written, would stay where nobody looks for it.
    """
    told: list[int] = []

    def end(number: int, _: object) -> None:
        told.append(number)
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup has SIGHUP ignored
            signal.signal(number, end)
    try:
        yield
    finally:
        if told:
            signal.signal(told[0], signal.SIG_DFL)
            os.kill(os.getpid(), told[0])


if __name__ == "__main__":
    main()
