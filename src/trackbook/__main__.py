"""The command `trackbook`, which is `python -m trackbook` as well."""

import atexit
import os
import sys


def run() -> None:
    """Run the command. Then its process ends at once: to give back a large course piece by piece takes seconds."""
    ending = _Ending()
    atexit.register(ending)  # the first that is registered is the last that is asked
    from trackbook.cli import main

    try:
        main()
    except SystemExit as end:
        ending.code = end.code
        raise


class _Ending:
    """Ends the process where the command ended by itself. `code` is what it ended with."""

    code: object = None

    def __call__(self) -> None:
        if not isinstance(self.code, int):
            return
        try:
            print(end="", flush=True)
            print(end="", flush=True, file=sys.stderr)
        except OSError:  # there is no room for it, or nobody to read it
            self.code = self.code or 1
        os._exit(self.code)


if __name__ == "__main__":
    if not sys.flags.safe_path:
        sys.path.pop(0)  # the folder one is in: a course may hold a yaml.py
    run()
