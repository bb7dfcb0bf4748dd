"""What is measured or counted, not trained: who makes and who verifies each."""

from collections.abc import Callable

from scripts.attention.minilm_table import author_minilm, verify_minilm
from scripts.attention.smollm2_table import author_smollm2, verify_smollm2
from scripts.attention.tokenizer import author_tokenizer, verify_tokenizer

AUTHOR: dict[str, Callable[[], None]] = {
    "minilm": author_minilm,
    "smollm2": author_smollm2,
    "tokenizer": author_tokenizer,
}
VERIFY: dict[str, Callable[[], list[str]]] = {
    "minilm": verify_minilm,
    "smollm2": verify_smollm2,
    "tokenizer": verify_tokenizer,
}
