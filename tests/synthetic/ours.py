"""A made-up course in our format, alone or beside the course in a folder."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from posixpath import relpath
from typing import Any

import yaml
from tests.synthetic.pages import DRAWING, WritePages, write_pages, write_plain_pages
from tests.synthetic.parts import Callout, Page, Widget, turn_links
from tests.synthetic.plan import MODULES_OF_A_PHASE, Plan, Track, plan_course
from tests.synthetic.snippets import draw
from tests.synthetic.words import make_writer

_HOME = "# A course of any size\n\n<!-- start -->\n\n## The tracks\n\n<!-- tracks -->\n"
_SECTIONS = {
    "lesson": ["Easy mistakes", "In short", "What comes next"],
    "cheatsheet": ["False beliefs", "Words to use precisely", "In one line"],
}


def write_course(root: Path, modules: int, beside: Path) -> Path:
    """Copy the course in `beside` into `root`, and add tracks of `modules` modules, four pages each."""
    for folder in ("lessons", "cheatsheets", "docs"):
        shutil.copytree(beside / folder, root / folder)
    _copy_config(root, beside)
    outline = yaml.safe_load((beside / "lessons/course.yml").read_text("utf-8"))
    tracks = plan_course(modules, max(track["number"] for track in outline["tracks"]) + 1)
    outline["tracks"] += _list_tracks(tracks)
    _write_tracks(root, outline, tracks, write_pages)
    return root


def write_bench_course(root: Path, tracks: list[Track], like: Path, write_pages: WritePages = write_pages) -> None:
    """The made-up tracks alone, under the mkdocs.yml of the course in `like`."""
    _copy_config(root, like)
    write(root / "docs/index.md", f"---\ndescription: A made-up course.\n---\n\n{_HOME}")
    sections = {} if write_pages is write_plain_pages else _SECTIONS
    outline = {"title": "A course of any size", "sections": sections, "tracks": list(_list_tracks(tracks))}
    _write_tracks(root, outline, tracks, write_pages)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def dump(data: object) -> str:
    return str(yaml.dump(data, Dumper=yaml.CSafeDumper, width=1000, allow_unicode=True, sort_keys=False))


def draw_for(plan: Plan) -> str:
    return draw(make_writer(plan.module.number + 2_000_000), plan.module.topic)


def _copy_config(root: Path, like: Path) -> None:
    """Without the title (the outline has it), our templates (every course has them) and the pages of `docs/`."""
    config = (like / "mkdocs.yml").read_text("utf-8")
    write(
        root / "mkdocs.yml",
        re.sub(r"^(?:site_name:|  custom_dir:|nav:\n(?:  .*\n)*).*\n", "", config, flags=re.MULTILINE),
    )


def _write_tracks(root: Path, outline: dict[str, Any], tracks: list[Track], write_pages: WritePages) -> None:
    write(root / "lessons/course.yml", dump(outline))
    for plan in (plan for track in tracks for plan in track.modules):
        write(root / f"lessons/{plan.module.id}/{DRAWING}", draw_for(plan))
        for page in write_pages(plan):
            write(root / _locate(page.module, page.kind), write_page(page))


def _list_tracks(tracks: list[Track]) -> Iterator[dict[str, object]]:
    for track in tracks:
        ids = [plan.module.id.partition("/")[2] for plan in track.modules]
        phases = [
            {"title": f"Phase {number}", "modules": ids[start : start + MODULES_OF_A_PHASE]}
            for number, start in enumerate(range(0, len(ids), MODULES_OF_A_PHASE), 1)
        ]
        base = {} if track.builds_on is None else {"builds_on": [f"track-{track.builds_on}"]}
        names = {"id": track.id, "number": track.number, "title": track.title, "summary": track.summary}
        yield {**names, **base, "phases": phases}


def write_page(page: Page) -> str:
    meta = f"---\n{dump(page.meta)}---\n\n" if page.meta else ""
    here = _locate(page.module, page.kind).rpartition("/")[0]

    def turn(target: str, promise: str) -> str:
        module, _, kind = target.rpartition("/")
        return relpath(_locate(module, kind), here) + (f' "promise: {promise}"' if promise else "")

    body = "\n\n".join(_write_part(part) for part in page.parts)
    return turn_links(f"{meta}# {page.title}\n\n{body}\n", turn)


def _write_part(part: str | Callout | Widget) -> str:
    match part:
        case Callout(text):
            return f"> [!NOTE]\n> {text}"
        case Widget(kind, data):
            return f"```{kind}\n{dump(data)}```"
        case text:
            return text


def _locate(module: str, kind: str) -> str:
    return f"cheatsheets/{module}.md" if kind == "cheatsheet" else f"lessons/{module}/{kind}.md"
