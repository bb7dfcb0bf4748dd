"""The tables of attention that are measured, not trained: who makes and who verifies each."""

from collections.abc import Callable

from scripts.attention.minilm_table import author_minilm, verify_minilm

AUTHOR: dict[str, Callable[[], None]] = {"minilm": author_minilm}
VERIFY: dict[str, Callable[[], list[str]]] = {"minilm": verify_minilm}
