"""`python -m hunter`."""

from hunter.cli import main

main()
