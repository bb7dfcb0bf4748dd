"""Whatever is edited: what the cache makes is what a clean build makes, byte for byte, and says the same."""

from random import Random

import pytest
from tests.edits.edits import EDITS
from tests.edits.sequences import Workplace, make_sequence, play, shrink
from tests.edits.served import play_served
from tests.edits.tree import load_tree
from tests.runs import with_long

CHUNKS, OF_CHUNK = 55, 2
"""Sequences of a chunk, for workers of pytest-xdist to share."""
SHORT_CHUNKS = 1
every_chunk = pytest.mark.parametrize("chunk", with_long(range(CHUNKS), lambda chunk: chunk < SHORT_CHUNKS))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    return Workplace(tmp_path_factory.mktemp("edits"))


@every_chunk
def test_warm_build_equals_clean_one(place: Workplace, chunk: int) -> None:
    for seed in range(chunk * OF_CHUNK, (chunk + 1) * OF_CHUNK):
        fault = play(make_sequence(seed), place)
        assert fault is None, str(shrink(fault, place))


@every_chunk
def test_served_site_equals_clean_build(place: Workplace, chunk: int) -> None:
    for seed in range(chunk * OF_CHUNK, (chunk + 1) * OF_CHUNK):
        fault = play_served(make_sequence(seed), place)
        assert fault is None, str(shrink(fault, place, play_served))


@pytest.mark.parametrize("name", sorted(EDITS))
def test_every_edit_changes_something(name: str) -> None:
    def change(seed: int) -> bool:
        tree = load_tree()
        tree.past = [{**tree.files, "docs/index.md": b"# Before\n"}]
        EDITS[name](tree, Random(seed))
        return (tree.files, tree.environment, tree.commits) != (load_tree().files, {}, 0)

    assert any(map(change, range(10)))
