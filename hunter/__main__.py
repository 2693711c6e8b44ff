"""`hunter`, and `python -m hunter`."""

import signal


def main() -> None:
    """The command line; whoever breaks it off while it is being loaded gets no traceback."""
    interrupted = signal.getsignal(signal.SIGINT)
    if interrupted is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from hunter import cli

    signal.signal(signal.SIGINT, interrupted)
    cli.main()


if __name__ == "__main__":
    main()
