"""What `trackbook.github` costs: our own pages by Python-Markdown, with it and without it."""

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from markdown import Markdown

from trackbook.mkdocs_plugin.build import open_host

ROOT = Path(__file__).parents[2]
OURS, RUNS, LIMIT = "trackbook.github", 7, 1.5
INSTEAD = ("sane_lists", "tables", "def_list", "md_in_html")
"""What Python-Markdown needs without it."""


def main() -> int:
    host = open_host(ROOT)
    texts = [
        *map(read_body, sorted(path for name in ("lessons", "cheatsheets") for path in (ROOT / name).rglob("*.md")))
    ]
    without = [*(name for name in host.extensions if name != OURS), *INSTEAD]
    parsers = [Markdown(extensions=names, extension_configs=dict(host.options)) for names in (host.extensions, without)]
    converters = [lambda text, parser=parser: parser.reset().convert(text) for parser in parsers]
    runs = [[measure(convert, texts) for convert in converters] for _ in range(RUNS)]
    ours, plain = (median(run[at] for run in runs) for at in (0, 1))
    print(f"{len(texts)} pages, CPU milliseconds a page, in turns, medians of {RUNS}:")
    print(f"  {ours:.2f}  with {OURS}")
    print(f"  {plain:.2f}  without it")
    print(f"It costs {ours - plain:.2f} ms a page; limit {LIMIT}")
    return 1 if ours - plain > LIMIT else 0


def read_body(path: Path) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", path.read_text("utf-8"), flags=re.DOTALL)


def measure(convert: Callable[[str], str], texts: Sequence[str]) -> float:
    """CPU milliseconds a text."""
    before = time.process_time()
    for text in texts:
        convert(text)
    return (time.process_time() - before) / len(texts) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
