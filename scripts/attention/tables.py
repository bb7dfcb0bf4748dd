"""What is no small GPT: tables that are measured or counted, and the two recurrent networks."""

from collections.abc import Callable

from scripts.attention.edges import author_edges, verify_edges
from scripts.attention.memory_table import author_memory, verify_memory
from scripts.attention.minilm_table import author_minilm, verify_minilm
from scripts.attention.smollm2_table import author_smollm2, verify_smollm2
from scripts.attention.tokenizer import author_tokenizer, verify_tokenizer
from scripts.attention.whole_head import author_whole_head, verify_whole_head

AUTHOR: dict[str, Callable[[], None]] = {
    "minilm": author_minilm,
    "whole-head": author_whole_head,
    "smollm2": author_smollm2,
    "tokenizer": author_tokenizer,
    "sequence-memory": author_memory,
    "edges": author_edges,
}
VERIFY: dict[str, Callable[[], list[str]]] = {
    "minilm": verify_minilm,
    "whole-head": verify_whole_head,
    "smollm2": verify_smollm2,
    "tokenizer": verify_tokenizer,
    "sequence-memory": verify_memory,
    "edges": verify_edges,
}
