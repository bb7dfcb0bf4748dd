"""Whether data that was computed again is what is kept."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any


def verify_table(file: Path, found: dict[str, Any]) -> list[str]:
    """Where a table of attention differs from the one kept: weights by more than 1/255, figures by more than 0.002."""
    kept, found, wrong = json.loads(file.read_text("utf-8")), json.loads(json.dumps(found)), []
    for one, other in zip(kept["sentences"], found["sentences"], strict=True):
        pairs = zip(b64decode(one.pop("attention")), b64decode(other.pop("attention")), strict=True)
        if any(abs(left - right) > 1 for left, right in pairs):
            wrong.append(f"{file.stem}: weights of {one['id']} differ by more than 1/255")
    del kept["made"], found["made"]
    return wrong + [f"{file.stem}: {difference}" for difference in compare(kept, found, "")]


def compare(kept: Any, found: Any, where: str, tolerance: float = 2e-3) -> list[str]:
    """The places at which two values of JSON differ; numbers may by `tolerance`."""
    if isinstance(kept, dict) and isinstance(found, dict) and kept.keys() == found.keys():
        return [text for key in kept for text in compare(kept[key], found[key], f"{where}.{key}", tolerance)]
    if isinstance(kept, list) and isinstance(found, list) and len(kept) == len(found):
        pairs = zip(kept, found, strict=True)
        return [text for at, pair in enumerate(pairs) for text in compare(*pair, f"{where}[{at}]", tolerance)]
    if isinstance(kept, float | int) and isinstance(found, float | int):
        return [] if abs(kept - found) <= tolerance else [f"{where} is {found}, kept is {kept}"]
    return [] if kept == found else [f"{where} is {found!r}, kept is {kept!r}"]
