"""One process and many make the same site and say the same, however the others start."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.edits.building import Outcome, build
from tests.edits.tree import CACHE, Tree, load_tree, write_tree
from tests.runs import with_long

from trackbook.cache import processes as spreading

NOISE = (
    '\n\n<div style="color: {0}">Styled.</div>\n\nA [link](nowhere-{0}.md), [another](#nowhere-{0}). $\\nope{{{0}}}$\n'
)


def make_noisy(root: Path) -> None:
    """Each page of the course gets something to warn of."""
    tree: Tree = load_tree()
    for number, path in enumerate(tree.list(".md")):
        tree.write(path, tree.read(path) + NOISE.format(f"n{number}"))
    write_tree(tree, root)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    root = tmp_path_factory.mktemp("alone") / "course"
    make_noisy(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKBOOK_PROCESSES", "1")
        return build(root, {}, strict=False)


STARTS = [start for start in ("fork", "spawn") if start in multiprocessing.get_all_start_methods()]


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("start", with_long(STARTS, "spawn".__eq__))
def test_many_processes_build_what_one_builds(
    alone: Outcome, start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []

    class Pool(ProcessPoolExecutor):
        def __init__(self, *arguments: Any, **more: Any) -> None:
            started.append(arguments)
            super().__init__(*arguments, **more)

    monkeypatch.setattr(spreading, "ProcessPoolExecutor", Pool)
    monkeypatch.setattr(spreading.spread, "__kwdefaults__", {"fewest": 2, "most": 100})
    monkeypatch.setenv("TRACKBOOK_PROCESSES", "3")
    monkeypatch.setenv("TRACKBOOK_START", start)
    make_noisy(tmp_path / "course")
    many = build(tmp_path / "course", {}, strict=False)
    assert started
    assert len(alone.said) > 60
    assert many.said == alone.said
    assert many.files == alone.files
    assert (tmp_path / "course" / CACHE / "store.db").is_file()
    assert build(tmp_path / "course", {}, strict=False) == alone  # from what they kept
