"""Weights as bytes: each row of a matrix as int8 with one scale (float32), vectors as float32, little-endian."""

import struct

import torch
from scripts.attention.training import Weights

Table = list[dict[str, object]]


def pack_weights(weights: Weights) -> tuple[bytes, Table]:
    """The bytes, and where in them each tensor lies. Numbers of four bytes lie at multiples of four."""
    blob, table = bytearray(), []
    for name, tensor in weights.items():
        entry: dict[str, object] = {"name": name, "shape": list(tensor.shape), "offset": len(blob)}
        if tensor.dim() == 1:
            blob += struct.pack(f"<{len(tensor)}f", *tensor.tolist())
        else:
            scales, whole = round_rows(tensor)
            numbers = whole.flatten().tolist()
            blob += struct.pack(f"<{len(numbers)}b", *numbers)
            blob += bytes(-len(blob) % 4)
            entry["scales"] = len(blob)
            blob += struct.pack(f"<{len(scales)}f", *scales.flatten().tolist())
        table.append(entry)
    return bytes(blob), table


def round_rows(matrix: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Scales [rows, 1] and whole numbers from -127 to 127 [rows, columns]."""
    scales = (matrix.abs().amax(1, keepdim=True) / 127).clamp_min(1e-12)
    return scales, (matrix / scales).round().clamp(-127, 127).to(torch.int8)


def read_weights(blob: bytes, table: Table) -> Weights:
    """What `pack_weights` kept, in double precision."""
    weights = {}
    for entry in table:
        size: list[int] = entry["shape"]  # type: ignore[assignment]
        kind = torch.int8 if "scales" in entry else torch.float32
        tensor = torch.frombuffer(bytearray(blob), dtype=kind, count=torch.Size(size).numel(), offset=entry["offset"])  # type: ignore[arg-type]
        tensor = tensor.double().view(size)
        if "scales" in entry:
            scales = torch.frombuffer(bytearray(blob), dtype=torch.float32, count=size[0], offset=entry["scales"])  # type: ignore[arg-type]
            tensor = tensor * scales.double().view(-1, 1)
        weights[str(entry["name"])] = tensor
    return weights
