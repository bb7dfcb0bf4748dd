"""A course read again is the course read from scratch: from memory, from the store, by one process and by many."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

import msgspec
import pytest
from tests.conftest import HEBREW, ROOT, SAMPLE, Change
from tests.fuzz.mutations import MUTATIONS
from tests.fuzz.sources import OUTLINE, Files, load_sources, write_sources
from tests.runs import with_long

from trackbook.cache.store import Store
from trackbook.checks import check_course
from trackbook.model import Course, Page
from trackbook.reading import CourseReader, read_course
from trackbook.reading.codec import decode_reading, encode_reading
from trackbook.reading.files import read_content
from trackbook.reading.page import NO_FILES, read_page
from trackbook.reading.sources import NOTHING, Sources, hash_sources
from trackbook.widgets import load_widgets

MakeCourse = Callable[[Change], Path]
WIDGETS = load_widgets(ROOT)
LESSON = "lessons/first/alpha/lesson.md"
EDITS = 12


def edit_data(files: Files, random: Random) -> None:
    """A data file that is cut, gone, renamed or another one; a picture that grows."""
    names = [name for name in files if name.endswith((".json", ".svg"))]
    if names:
        name = random.choice(names)
        content = files[name]
        if isinstance(content, bytes):
            files[name] = random.choice((content[: len(content) // 2], content + b" ", b"{}"))
        if random.random() < 0.4:
            files[f"lessons/data/{random.choice('ab')}.json"] = files.pop(name)


def edit(files: Files, random: Random, former: list[Files]) -> Files:
    """The files after one edit more, or as they once were."""
    chance = random.random()
    if chance < 0.25 and former:
        return dict(random.choice(former))
    changed = dict(files)
    if chance < 0.4:
        edit_data(changed, random)
    else:
        MUTATIONS[random.choice(sorted(MUTATIONS))](changed, random)
    return changed


def rewrite(root: Path, files: Files) -> None:
    if root.exists():
        shutil.rmtree(root)
    write_sources(files, root)


def scan(root: Path) -> dict[str, object]:
    """What stands on the disk, by path: texts, where links lead, or that it is something else."""
    paths = ((path, path.relative_to(root).as_posix()) for path in root.rglob("*"))
    return {
        name: path.readlink() if path.is_symlink() else path.read_bytes() if path.is_file() else path.is_dir()
        for path, name in paths
    }


def list_changed(before: dict[str, object], after: dict[str, object], random: Random) -> Iterable[str]:
    """The paths that a watcher would tell, some of them with their folder alone, among others that say nothing."""
    changed = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    told = [path.rpartition("/")[0] if random.random() < 0.2 and path.count("/") > 1 else path for path in changed]
    return [*told, "mkdocs.yml", "lessons/.swap", "site/index.html", random.choice(sorted(after))]


def unlink(page: Page) -> Page:
    """The page without what other pages make of it."""

    def cut(links: Iterable[object]) -> tuple[object, ...]:
        return tuple(replace(link, target=None, fragment="") for link in links)  # type: ignore[type-var]

    fences = tuple(replace(fence, links=cut(fence.links)) for fence in page.fences)  # type: ignore[arg-type]
    return replace(page, links=cut(page.links), fences=fences)  # type: ignore[arg-type]


def same(one: object, other: object) -> bool:
    return one == other or repr(one) == repr(other)  # not a number is never equal to itself


@pytest.mark.parametrize("seed", with_long(range(8), lambda seed: seed < 2))
@pytest.mark.parametrize("base", ["sample", "hebrew"])
def test_any_edits_end_in_the_course_read_from_scratch(base: str, seed: int, tmp_path: Path) -> None:
    random, root, store = Random(f"{base} {seed}"), tmp_path / "course", Store(tmp_path / "store.db")
    files = load_sources(base)
    former: list[Files] = []
    rewrite(root, files)
    kept = CourseReader(root, WIDGETS)
    kept.read()
    courses, issues = [], []
    by_digest: dict[str, Page] = {}
    by_state: dict[str, Course] = {}
    for _ in range(EDITS):
        before = scan(root)
        former.append(files)
        files = edit(files, random, former)
        rewrite(root, files)
        if not (root / OUTLINE).is_file():
            files[OUTLINE] = former[0][OUTLINE]
            rewrite(root, {OUTLINE: files[OUTLINE], **files})
        clean = CourseReader(root, WIDGETS)
        course = clean.read()
        again = kept.read(list_changed(before, scan(root), random))
        assert same(again, course)
        courses.append(course)
        issues.append(check_course(again))
        assert same(CourseReader(root, WIDGETS, store).read(), course)
        assert hash_sources(root) == kept.read(()).digest == course.digest
        assert same(by_state.setdefault(course.digest, course), course)
        for page in course.pages.values():
            assert same(by_digest.setdefault(page.digest, unlink(page)), unlink(page))
    assert [check_course(course) for course in courses] == issues


def test_many_processes_read_the_same(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    root, whole = make_course({}), read_course(SAMPLE, WIDGETS)
    monkeypatch.setenv("TRACKBOOK_PROCESSES", "2")
    monkeypatch.setattr("trackbook.cache.processes.FEWEST", 1)
    monkeypatch.setattr("trackbook.cache.processes.spread.__kwdefaults__", {"fewest": 1, "most": 100})
    assert read_course(root, WIDGETS) == whole


def test_only_the_changed_page_is_read(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_course({})
    reader = CourseReader(root, WIDGETS)
    before = reader.read()
    monkeypatch.setattr("trackbook.reading.sources.list_files", None)  # no look at all files
    (root / LESSON).write_text("# Alpha\n\nNew.\n", "utf-8")
    after = reader.read([LESSON])
    assert after.pages[LESSON].passages[-1].text == "New."
    same = [path for path, page in after.pages.items() if page is before.pages[path]]
    assert len(same) == len(before.pages) - 1
    assert after.track("second") == before.track("second")


def test_sources_may_be_replaced_for_one_reading(make_course: MakeCourse) -> None:
    root = make_course({})
    reader = CourseReader(root, WIDGETS)
    before = reader.read()
    other = reader.read((), Sources(root, {LESSON: b"# Other\n", "docs/more.md": b"# More\n"}))
    assert (other.pages[LESSON].title, other.pages["docs/more.md"].title) == ("Other", "More")
    assert reader.read(()) == before


@pytest.mark.parametrize("path", sorted(p.relative_to(SAMPLE).as_posix() for p in SAMPLE.rglob("*.md")))
def test_every_reading_of_the_sample_is_kept(path: str) -> None:
    content = read_content(SAMPLE, path)
    kind = "plain" if path.startswith("docs") else "cheatsheet" if path.startswith("cheat") else Path(path).stem
    reading = read_page(content, kind, WIDGETS, NO_FILES)  # type: ignore[arg-type]
    encoded = encode_reading(reading, content, WIDGETS, NO_FILES)
    assert encoded
    assert decode_reading(encoded, content, WIDGETS, NO_FILES) == reading


@pytest.mark.parametrize("front", ["due: 2026-01-31", "odd: .nan", "many: !!set {a, b}", f"big: {2**70}"])
def test_what_would_not_come_back_is_not_kept(front: str, make_course: MakeCourse, tmp_path: Path) -> None:
    root, store = make_course({"docs/index.md": f"---\n{front}\n---\n\n# Home\n"}), Store(tmp_path / "store.db")
    content = read_content(root, "docs/index.md")
    assert encode_reading(read_page(content, "plain", WIDGETS, NO_FILES), content, WIDGETS, NO_FILES) is None
    for _ in range(2):
        assert same(CourseReader(root, WIDGETS, store).read(), read_course(root, WIDGETS))


@pytest.mark.parametrize("value", [b"", b"\x00", b"\xff" * 99, msgspec.msgpack.encode({}), b"null"])
def test_what_the_store_holds_is_not_believed_blindly(value: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands under a page's key, as in a store of another version, the course is right."""
    monkeypatch.setattr(Store, "get", lambda *_: value)
    monkeypatch.setattr(Store, "get_many", lambda _, keys: dict.fromkeys(keys, value))
    assert CourseReader(SAMPLE, WIDGETS, Store()).read() == read_course(SAMPLE, WIDGETS)


def test_what_was_told_of_a_link_goes_with_it(make_course: MakeCourse) -> None:
    root = make_course({})
    link = root / "docs/more.md"
    link.symlink_to("nothing.md")
    reader = CourseReader(root, WIDGETS)
    assert reader.read().findings
    link.unlink()
    assert reader.read(["docs/more.md"]) == read_course(root, WIDGETS)
    link.symlink_to("index.md")
    assert reader.read(["docs/more.md"]) == read_course(root, WIDGETS)
    (root / "docs/index.md").write_text("# Both\n", "utf-8")
    assert reader.read(["docs/index.md"]).pages["docs/more.md"].title == "Both"


def test_a_page_follows_what_is_near_to_the_name_that_it_gets_wrong(make_course: MakeCourse) -> None:
    text = "# Alpha\n\n```attention-map\nid: map\ndata: ../../data/heads.json\nsentence: one\n```\n"
    root = make_course({LESSON: text, "lessons/data/other.json": "{}"})
    reader = CourseReader(root, WIDGETS)
    reader.read()
    (root / "lessons/data/head.json").write_text("{}", "utf-8")
    course = reader.read(["lessons/data/head.json"])
    assert 'Did you mean "../../data/head.json"?' in {finding.hint for finding in course.findings}


def test_a_page_follows_the_data_that_it_names(tmp_path: Path) -> None:
    root, store = tmp_path / "course", Store(tmp_path / "store.db")
    shutil.copytree(HEBREW, root)
    reader = CourseReader(root, WIDGETS, store)
    before = reader.read()
    data = root / "lessons/data/tokens.json"
    text = data.read_text("utf-8")
    for new in (text.replace("}", " }"), "{}", "{", None, text):
        data.unlink() if new is None else data.write_text(new, "utf-8")
        course = reader.read(["lessons/data/tokens.json"])
        assert course == read_course(root, WIDGETS) == CourseReader(root, WIDGETS, store).read()
    assert course == before
    assert NOTHING == {}
