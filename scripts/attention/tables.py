"""What is no small GPT: tables that are measured or counted, and networks that are no transformers."""

from collections.abc import Callable

from scripts.attention.digits_table import author_digits, verify_digits
from scripts.attention.edges import author_edges, verify_edges
from scripts.attention.kernels import author_kernels, verify_kernels
from scripts.attention.memory_table import author_memory, verify_memory
from scripts.attention.minilm_table import author_minilm, verify_minilm
from scripts.attention.smollm2_table import author_smollm2, verify_smollm2
from scripts.attention.tabby import author_tabby, verify_tabby
from scripts.attention.tokenizer import author_tokenizer, verify_tokenizer
from scripts.attention.whole_head import author_whole_head, verify_whole_head

AUTHOR: dict[str, Callable[[], None]] = {
    "minilm": author_minilm,
    "whole-head": author_whole_head,
    "smollm2": author_smollm2,
    "tokenizer": author_tokenizer,
    "sequence-memory": author_memory,
    "edges": author_edges,
    "digits": author_digits,
    "kernels": author_kernels,
    "tabby": author_tabby,
}
VERIFY: dict[str, Callable[[], list[str]]] = {
    "minilm": verify_minilm,
    "whole-head": verify_whole_head,
    "smollm2": verify_smollm2,
    "tokenizer": verify_tokenizer,
    "sequence-memory": verify_memory,
    "edges": verify_edges,
    "digits": verify_digits,
    "kernels": verify_kernels,
    "tabby": verify_tabby,
}
