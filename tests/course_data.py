"""What `lessons/data` holds, read for tests."""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DATA = ROOT / "lessons" / "data"
MODELS = ("reverse", "induction-1", "induction-2", "world")


def read_data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return data
