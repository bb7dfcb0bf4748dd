"""What may become of a cache between two builds."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

Harm = Callable[[Path, Random], object]


def flip_bytes(file: Path, random: Random) -> None:
    content = bytearray(file.read_bytes())
    for _ in range(random.choice((1, 10, 1000)) if content else 0):
        content[random.randrange(len(content))] ^= random.randint(1, 255)
    file.write_bytes(content)


def cut_off(file: Path, random: Random) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: random.randint(0, len(content))])


def replace_with_garbage(file: Path, random: Random) -> None:
    file.write_bytes(random.randbytes(5000))


def replace_with_folder(file: Path, _: Random) -> None:
    file.unlink()
    file.mkdir()


def remove(file: Path, _: Random) -> None:
    file.unlink()


def remove_everything(file: Path, _: Random) -> None:
    shutil.rmtree(file.parent)


HARMS: tuple[Harm, ...] = (
    flip_bytes,
    flip_bytes,
    cut_off,
    replace_with_garbage,
    replace_with_folder,
    remove,
    remove_everything,
)


def harm_cache(cache: Path, random: Random) -> None:
    """Something happens to one of the files of the cache."""
    if files := sorted(path for path in cache.rglob("*") if path.is_file() and path.suffix != ".lock"):
        random.choice(HARMS)(random.choice(files), random)
