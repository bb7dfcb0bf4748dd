"""The command `trackbook`, which is `python -m trackbook` as well."""

# `signal` takes milliseconds to import, in which Ctrl-C would have Python say where it was.
import _signal  # type: ignore[import-not-found]

if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)

import atexit
import os
import sys

from trackbook.cache.ending import end_by_signals


def run() -> None:
    """Run the command. Then its process ends at once: to give back a large course piece by piece takes seconds."""
    end_by_signals()  # first: what follows takes half a second to import
    _prepare_streams()
    ending = _Ending()
    atexit.register(ending)  # the first that is registered is the last that is asked
    from trackbook.cli import main

    try:
        main()
    except SystemExit as end:
        ending.code = end.code
        raise


def _prepare_streams() -> None:
    """Have a place for all that is said. Where a stream is closed, the next file that is opened would be that place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115 (`pathlib` takes long to import)
            os.set_inheritable(stream.fileno(), True)
            setattr(sys, name, stream)
        elif mode == "w" and stream.errors == "strict":  # an author's signs may be none of the terminal's
            stream.reconfigure(errors="backslashreplace")


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
