"""Files that are not what their names say, or that YAML and git left broken: told at their line, or read right."""

import os
import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from PIL import Image
from tests.conftest import TESTS
from tests.fuzz.judging import judge
from tests.fuzz.sources import OUTLINE, Odd, load_sources, write_sources
from tests.reading.test_hostile import join, make_content

from trackbook.cli import main

CASES = yaml.safe_load((TESTS / "cases" / "files.yml").read_text("utf-8"))


def draw(form: str) -> bytes:
    drawn, picture = BytesIO(), Image.new("P", (40, 40))
    if form == "GIF":
        picture.save(drawn, form, save_all=True, append_images=[Image.new("P", (40, 40), 3)])
    else:
        (picture.convert("RGB") if form == "JPEG" else picture).save(drawn, form)
    return drawn.getvalue()


def claim(width: int, height: int) -> bytes:
    """A PNG whose head says that it has so many pixels."""

    def write_chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = (write_chunk(b"IHDR", head), write_chunk(b"IDAT", zlib.compress(bytes(9999))), write_chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def make(new: Any, old: bytes | Odd | None) -> bytes | Odd:
    """What a case writes: a picture, a text in another encoding or with other line ends, or as `make_content` does."""
    if isinstance(new, dict) and "picture" in new:
        return draw(new["picture"])[: new.get("cut")] if "claims" not in new else claim(*new["claims"])
    if isinstance(new, dict) and ({"encoding", "endings"} & new.keys()):
        written = make_content(new["text"], old) if "text" in new else old
        assert isinstance(written, bytes)
        written = written.replace(b"\n", new.get("endings", "\n").encode())
        return written.decode().encode(new.get("encoding", "utf-8"))
    return make_content(new, old)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_file_is_told_or_read_right(case: dict[str, Any], tmp_path: Path) -> None:
    sources = load_sources("sample")
    sources |= {path: make(new, sources.get(path)) for path, new in case["files"].items()}
    write_sources(sources, tmp_path)
    said = CliRunner().invoke(main, ["check", "--course", str(tmp_path)])
    assert isinstance(said.exception, SystemExit | None)
    for words in case.get("says", []) if isinstance(case.get("says"), list) else [case.get("says", "")]:
        assert words in said.output
    assert case.get("never", "\0") not in said.output
    if case.get("silent"):
        assert "no errors, 1 piece of advice in " in said.output, said.output
    assert judge(tmp_path, case.get("depth", "check")) == []


def test_folder_that_nobody_may_look_into_is_not_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sources(load_sources("sample"), tmp_path)
    closed, look = str(tmp_path / "lessons/second/gamma"), os.scandir

    def refuse(path: str) -> Any:  # root may look everywhere
        if str(path) == closed:
            raise PermissionError(13, "Permission denied", path)
        return look(path)

    monkeypatch.setattr("os.scandir", refuse)
    said = CliRunner().invoke(main, ["check", "--course", str(tmp_path)]).output
    assert (
        'lessons/second/gamma:1: file-can-be-read: the folder "lessons/second/gamma" can\'t be read: Permission' in said
    )
    assert "1 error, 1 piece of advice in 10 pages." in said


@pytest.mark.parametrize("year", ["1800", "1970", "2099"])
def test_sources_of_another_time(tmp_path: Path, year: str) -> None:
    """An edit under the same time and size is seen by all that keeps what it knew."""
    root = tmp_path / "course"
    write_sources(load_sources("sample"), root)
    time = datetime(int(year), 1, 1, tzinfo=UTC).timestamp()
    page, picture = root / "docs/index.md", root / "lessons/first/alpha/dot.svg"

    def stamp() -> None:
        for path in root.rglob("*"):
            if path.is_file() and ".cache" not in path.parts and "site" not in path.parts:
                os.utime(path, (time, time))

    def run(*words: str) -> str:
        done = CliRunner().invoke(main, [*words, "--course", str(root)])
        assert done.exit_code == 0, done.output
        return done.output

    stamp()
    for words in (["check"], ["build"], ["export", "anki"], ["stage", str(tmp_path / "staged")]):
        run(*words)
    before = page.read_text("utf-8")
    page.write_text(before.replace("sample", "simple"), "utf-8")
    drawn = picture.read_bytes()
    picture.write_bytes(drawn.replace(b"</svg>", b"</svx>"))
    stamp()
    said = CliRunner().invoke(main, ["check", "--course", str(root)]).output
    assert "lessons/first/alpha/dot.svg:" in said and "is no whole SVG" in said
    picture.write_bytes(drawn)
    stamp()
    run("build")
    assert "A simple" in (root / "site/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "piece", "more", "total"),
    [
        (
            "lessons/course.yml",
            "            teaches: {drift: Moving slowly.}\n",
            "          - {{id: d{0}, title: D, summary: Soon., planned: true, teaches: {{d-{0}: It is {0}.}}}}\n",
            5000,
        ),
        (
            "lessons/first/beta/practice.md",
            "hint: It begins the alphabet.}\n",
            "  - {{id: c{0}, front: What is {0}?, back: It is {0}.}}\n",
            4000,
        ),
        (
            "lessons/first/beta/lesson.md",
            "The rest.\n",
            "It is said in {0} words once more, which are short.\n\n",
            5000,
        ),
    ],
)
def test_much_is_not_too_much(tmp_path: Path, path: str, piece: str, more: str, total: int) -> None:
    sources = load_sources("sample")
    many = "".join(map(more.format, range(total)))
    sources[path] = make_content({"old": piece, "new": piece + many}, sources[path])
    write_sources(sources, tmp_path)
    said = CliRunner().invoke(main, ["check", "--course", str(tmp_path)])
    assert said.exit_code == 0, said.output[:1000]


def test_shared_values_are_no_billion_laughs(tmp_path: Path) -> None:
    sources = load_sources("sample")
    shared = "    elsewhere: &book {title: A book, url: 'https://example.org/', authors: [A, B, C]}\n"
    outline = make_content(
        {"old": "    elsewhere: {title: A book", "new": shared + "    source: {title: A book"}, sources[OUTLINE]
    )
    assert isinstance(outline, bytes)
    tracks = "".join(
        f"  - {{id: t{n}, number: {n}, title: T, source: *book, elsewhere: *book}}\n" for n in range(3, 2000)
    )
    sources[OUTLINE] = outline + tracks.encode()
    write_sources(sources, tmp_path)
    said = CliRunner().invoke(main, ["check", "--course", str(tmp_path)])
    assert said.exit_code == 0, said.output[:1000]


def test_there_are_enough() -> None:
    assert len(CASES) >= 60
    assert join(["a", {"text": "b", "times": 2}]) == "abb"
