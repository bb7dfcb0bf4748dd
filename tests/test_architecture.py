"""The page on the architecture keeps in step with the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "src/trackbook"
PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")
OURS = ("trackbook", "__future__")


def test_it_is_short() -> None:
    assert len(PAGE.split()) <= 1200


def test_it_lists_every_folder_and_module_at_the_top() -> None:
    names = {path.stem for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}
    names -= {"__init__", "__pycache__", "theme"}
    (listed,) = re.findall(r"```text\n(cli .*?)```", PAGE, re.DOTALL)
    assert {name for line in listed.splitlines() for name in re.split(", ", line[:27].strip())} == names


def test_every_decision_is_linked() -> None:
    decisions = {path.name for path in (ROOT / "docs/decisions").iterdir()}
    assert set(re.findall(r"\(decisions/([a-z-]+\.md)\)", PAGE)) == decisions


def test_each_outside_library_stands_where_it_is_said_to() -> None:
    _, _, table = PAGE.partition("## One outside library, one place")
    rows = re.findall(r"^\| (`.*?`) \| (`.*?`) \|$", table.partition("\n## ")[0], re.MULTILINE)
    places = {name: re.findall("`(.*?)`", where) for names, where in rows for name in re.findall("`(.*?)`", names)}
    for path in PACKAGE.rglob("*.py"):
        inside = path.relative_to(PACKAGE).as_posix()
        for library in set(list_libraries(path)) & places.keys():
            here = [place for place in places[library] if inside == place or inside.startswith(place)]
            assert here, f"{inside} imports {library}, which has its place in {', '.join(places[library])}"


def list_libraries(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (name.partition(".")[0] for name in names if not name.startswith(OURS))
