"""Modules import each other in one direction only: who reads one need not have read what stands on it."""

import ast
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

ROOT = Path(__file__).parent.parent / "src"


def list_modules() -> Mapping[str, Path]:
    """Every module of the package by its name."""
    paths = [path for path in (ROOT / "trackbook").rglob("*.py") if "browser" not in path.parts]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def list_imports(path: Path, modules: Set[str]) -> Iterator[str]:
    """What a module imports from the package: at its top, in functions, and for types alone."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from modules & {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: the package imports by full names"
            names = {f"{node.module}.{name.name}" for name in node.names}
            yield from modules & names
            if node.module and node.module in modules and not names <= modules:
                yield node.module


def find_reached(module: str, imports: Mapping[str, Set[str]]) -> Set[str]:
    """All that a module imports, by whatever way."""
    reached: set[str] = set()
    waiting = {module}
    while waiting:
        waiting = {there for here in waiting for there in imports[here]} - reached
        reached |= waiting
    return reached


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = list_modules()
    imports = {module: {*list_imports(path, modules.keys())} for module, path in modules.items()}
    in_circles = {module for module in modules if module in find_reached(module, imports)}
    assert in_circles == set()
