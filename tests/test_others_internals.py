"""What we use of other libraries that they don't promise to keep: docs/decisions/others-internals.md lists it."""

import re
from importlib.metadata import version
from pathlib import Path
from threading import Event

from markdown_it import MarkdownIt
from tests.conftest import ROOT
from watchfiles._rust_notify import RustNotify

from trackbook.site.search.pagefind import PROGRAM, index_records, make_plain

LIST = ROOT / "docs/decisions/others-internals.md"


def test_the_parser_lists_its_inline_rules() -> None:
    """`markdown/parser.py` wraps each of them."""
    rules = {rule.name: callable(rule.fn) for rule in MarkdownIt("commonmark").inline.ruler.__rules__}
    assert rules.items() >= {"link": True, "image": True, "escape": True}.items()


def test_the_watcher_has_begun_when_it_is_there(tmp_path: Path) -> None:
    """`serving/watching.py` relies on it that no edit is lost from then on."""
    with RustNotify([str(tmp_path)], False, False, 0, True, False) as watcher:
        (tmp_path / "file").write_text("text", "utf-8")
        found = watcher.watch(50, 5, 10_000, Event())
    assert not isinstance(found, str)
    assert {Path(path).name for _, path in found} == {"file"}


def test_pagefinds_code_becomes_a_plain_script() -> None:
    """`site/search/pagefind.py` makes one of the module."""
    program = index_records([("a/index.html", "<html lang=en><body>word</body></html>")])[PROGRAM]
    plain = make_plain(program).decode()
    assert re.search(r"globalThis\.pagefind=\{[\w,]*\bmergeIndex,options,\w+,search\};", plain)


def test_what_is_listed_is_pinned_to_the_minor_version() -> None:
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    pins = re.findall(r"`([a-z-]+)>=(\d+\.\d+),<(\d+\.\d+)`", LIST.read_text("utf-8"))
    assert len(pins) >= 3
    for name, low, high in pins:
        assert f'"{name}>={low},<{high}"' in settings
        assert high == f"{low.partition('.')[0]}.{int(low.partition('.')[2]) + 1}"
        assert version(name).startswith(f"{low}.") or version(name) == low


def test_nothing_else_reaches_into_others() -> None:
    """No class is swapped, nothing is imported from a private module, but for what is listed."""
    sources = [*(ROOT / "src/trackbook").rglob("*.py"), *(ROOT / "lessons/widgets").rglob("*.py")]
    private = re.compile(r"\.__class__ =|\bre\._|from (?!trackbook)[\w.]*\._\w+ import|\b_[A-Z]\w*__\w+|\.__rules__")
    ours = (path.read_text("utf-8") for path in sources if "node_modules" not in path.parts)
    found = {found[0] for text in ours for found in private.finditer(text)}
    assert found == {".__rules__", "from watchfiles._rust_notify import"}
