"""`python -m trackbook` is the command `trackbook`."""

from trackbook.cli import main

main()
