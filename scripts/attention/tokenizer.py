"""Writes `lessons/data/tokenizer/`: merges counted in the snapshot, and a row of numbers for each token."""

import json
import platform
from hashlib import sha256
from typing import Any

import numpy as np
import tokenizers
from scripts.attention.bytes import number_tokens, read_ids
from scripts.attention.comparing import compare
from scripts.attention.models import write_json
from scripts.attention.snapshot import FILE, ROOT
from scripts.attention.vectors import measure_vectors
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

VOCABULARY, VECTORS = FILE.with_name("vocabulary.json"), FILE.with_name("vectors.json")
MERGES = 1024
LETTERS, DIGITS, SPACES = r"A-Za-z\x{80}-\x{10FFFF}", "0-9", r"\x{09}-\x{0D} "
PIECES = f" ?[{LETTERS}]+| ?[{DIGITS}]+| ?[^{LETTERS}{DIGITS}{SPACES}]+|[{SPACES}]+"
GOLDEN = (
    "",
    " ",
    "a",
    "The animal didn't cross the street because it was too tired.",
    "Was it too tired, or was it too wide?",
    "retired, redeem, unbelievable, TIRED",
    "  two  spaces,\ta tab,\r\nand lines\n\n",
    "3.14159 and 1234567, 50,257; (2, 2, 1)!?",
    "fatigué, Größe, naïve, cafe\u0301",
    "κουρασμένος",
    "усталый",
    "疲れた。とても、眠い",
    "피곤한 지친",
    "थका हुआ",
    "متعب جدا",
    "עייף מאוד",
    "😴👩\u200d👩\u200d👧🇩🇪",
    "\u00a0\u2003\u0000\x1f\x7f\ufeff",
    "aaaaaaaaaaaaaaa attentionattention",
)
"""Texts whose ids, as the library finds them, Python and TypeScript must repeat."""


def author_tokenizer() -> None:
    VOCABULARY.parent.mkdir(parents=True, exist_ok=True)
    for file, data in measure_tokenizer().items():
        file.write_text(write_json(data), encoding="utf-8")


def verify_tokenizer() -> list[str]:
    """What in the committed files does not follow from the snapshot. Rows of numbers may differ by a hundredth."""
    wrong = []
    for file, found in measure_tokenizer().items():
        kept, found = json.loads(file.read_text("utf-8")), json.loads(json.dumps(found))
        del kept["made"], found["made"]
        if "rows" in found:
            del kept["sha256"], found["sha256"]
        wrong += [f"{file.stem}: {difference}" for difference in compare(kept, found, "", 0.011)]
    return wrong


def measure_tokenizer() -> dict[Any, dict[str, Any]]:
    text = FILE.read_text("utf-8")
    tokenizer = train_merges(text)
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    numbers = number_tokens(merges)
    pairs = [[numbers[left], numbers[right]] for left, right in merges]
    rows = measure_vectors(np.array(read_ids(tokenizer, text, numbers)), len(numbers))
    snapshot = FILE.read_bytes()
    shared = {
        "name": "tokenizer",
        "licence": "CC-BY-4.0",
        "source": "Counted in the text of this course.",
        "made": {
            "with": "scripts/author-attention tokenizer",
            "versions": {
                "python": platform.python_version(),
                "tokenizers": tokenizers.__version__,
                "numpy": np.__version__,
            },
        },
        "snapshot": {
            "file": FILE.relative_to(ROOT).as_posix(),
            "bytes": len(snapshot),
            "sha256": sha256(snapshot).hexdigest(),
        },
        "size": len(numbers),
    }
    vocabulary = {
        **shared,
        "about": "Byte-pair encoding on bytes: ids 0 to 255 are the bytes, id 256 + k is what merge k makes.",
        "pieces": PIECES,
        "golden": [{"text": golden, "ids": read_ids(tokenizer, golden, numbers)} for golden in GOLDEN],
        "sha256": sha256(json.dumps(pairs, separators=(",", ":")).encode()).hexdigest(),
        "merges": pairs,
    }
    return {VOCABULARY: vocabulary, VECTORS: {**shared, **rows}}


def train_merges(text: str) -> Tokenizer:
    """Counts pairs inside pieces; of equally frequent ones the library takes the first by its own numbers."""
    tokenizer = Tokenizer(models.BPE())
    split = pre_tokenizers.Split(Regex(PIECES), "isolated")
    visible = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, visible])
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=256 + MERGES, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(text.splitlines(keepends=True), trainer)
    return tokenizer
