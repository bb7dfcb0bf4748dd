"""While an author types: whatever a save does to the sources, pages and issues are served."""

import html
import json
import re
import shutil
import signal
import socket
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from tests.cache.test_cache import EMOJI
from tests.conftest import ROOT, SAMPLE, TESTS, Change
from tests.runs import with_long
from tests.serving.live_site import ask
from tests.serving.server import PATIENCE, Server, mend, serving, wait_until

from trackbook.issue import CourseError, Issue
from trackbook.language.words import load_language
from trackbook.mkdocs_plugin.build import build_site
from trackbook.mkdocs_plugin.live import open_live, serve_site
from trackbook.publishing.addresses import list_written
from trackbook.reading import read_course
from trackbook.serving.app import App
from trackbook.serving.workbench import Workbench
from trackbook.site import live
from trackbook.widgets import load_widgets

MakeCourse = Callable[[Change], Path]
EDITS: list[dict[str, Any]] = yaml.safe_load((TESTS / "cases" / "edits.yml").read_text("utf-8"))
JUNK = bytes(range(256)) * 8
LESSON = "first/alpha/lesson/"


def apply(edit: Mapping[str, Any], root: Path) -> None:
    for name in edit.get("remove", []):
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for old, new in edit.get("move", {}).items():
        (root / old).rename(root / new)
    for name, text in edit.get("write", {}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    for name, target in edit.get("link", {}).items():
        (root.parent / "outside.svg").write_text("not of this course", "utf-8")
        (root / name).symlink_to(target)
    if "junk" in edit:
        (root / edit["junk"]).write_bytes(JUNK)


def name_issues(issues: Iterable[Issue]) -> set[str]:
    return {f"{issue.place.split(':')[0]}:{issue.source.line} {issue.code}" for issue in issues}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit["name"])
def test_an_edit_is_told_and_can_be_mended(make_course: MakeCourse, edit: Mapping[str, Any]) -> None:
    root = make_course({})
    bench = Workbench(root)
    before = bench.read()
    apply(edit, root)
    broken = bench.read()
    assert edit["tells"] in name_issues(broken.issues)
    assert broken.kept == set(edit.get("kept", []))
    for path in broken.kept & before.course.pages.keys():
        assert broken.course.pages[path] == before.course.pages[path]
    mend(root, SAMPLE)
    assert bench.read() == before


def test_what_was_never_whole_is_shown_as_far_as_it_can_be_read(make_course: MakeCourse) -> None:
    page = "lessons/first/alpha/lesson.md"
    root = make_course({page: {"teaches:": "teaches: ["}})
    bench = Workbench(root)
    for title in ("Alpha", "Still broken"):
        reading = bench.read()
        assert reading.kept == set()
        assert reading.course.pages[page].title == title
        (root / page).write_text("---\nteaches: [\n---\n\n# Still broken\n", "utf-8")


def test_other_edits_are_shown_while_a_source_is_broken(make_course: MakeCourse) -> None:
    root = make_course({})
    bench = Workbench(root)
    bench.read()
    (root / "lessons/course.yml").write_text("title: [", "utf-8")
    (root / "lessons/first/alpha/lesson.md").write_text("---\nteaches: {alpha: First.}\n---\n\n# New\n", "utf-8")
    reading = bench.read()
    assert reading.course.pages["lessons/first/alpha/lesson.md"].title == "New"
    assert reading.course.title == "A sample"


def test_what_is_empty_for_a_moment_is_no_good_state(make_course: MakeCourse) -> None:
    root = make_course({})
    bench = Workbench(root)
    page = bench.read().course.pages[(name := "lessons/first/alpha/lesson.md")]
    for text in ("", "---\nteaches: [\n---\n"):
        (root / name).write_text(text, "utf-8")
        reading = bench.read({name})
    assert (reading.course.pages[name], reading.kept) == (page, frozenset({name}))


def test_pages_are_known_by_the_address_that_a_browser_shows(make_course: MakeCourse) -> None:
    root = make_course({"docs/wörter (neu).md": "# Wörter\n"})
    written = list_written(read_course(root, load_widgets(root)))
    assert written["wörter (neu)/"] == "docs/wörter (neu).md"
    assert written["first/alpha/"] == "lessons/first/alpha/overview.md"
    assert written[""] == "docs/index.md"


def test_without_an_outline_there_is_nothing_to_serve(make_course: MakeCourse) -> None:
    root = make_course({"lessons/course.yml": None})
    with pytest.raises(CourseError, match=r"there is no lessons/course\.yml in .*: `trackbook new course DIR`"):
        Workbench(root).read()


def test_server_survives_every_edit(make_course: MakeCourse) -> None:
    root = make_course({})
    with serving(root) as server:
        before, page = server.list_told(), read_article(server)
        for edit in filter(lambda edit: edit.get("served"), EDITS):
            mend(root, SAMPLE)
            apply(edit, root)
            wait_until(lambda wanted=edit["tells"]: wanted in server.list_told())  # type: ignore[misc]
            assert server.get("")[0] == 200, edit["name"]
            if "lessons/first/alpha/lesson.md" in edit.get("kept", []):
                assert read_article(server) == page
        mend(root, SAMPLE)
        wait_until(lambda: server.list_told() == before)
        (root / "mkdocs.yml").write_text("plugins: [", "utf-8")
        wait_until(lambda: "mkdocs.yml:1 site-is-built" in server.list_told())
        assert server.ask(LESSON)["kept"] is True
        assert read_article(server) == page
        shutil.rmtree(root / "docs")
        mend(root, SAMPLE)
        wait_until(lambda: server.list_told() == before)
        assert read_article(server) == page
        assert server.ask(LESSON)["source"] == "lessons/first/alpha/lesson.md"
        assert server.ask(LESSON)["kept"] is False


def read_article(server: Server) -> str:
    found = re.search(r"<article.*</article>", server.get(LESSON)[1], re.DOTALL)
    return found[0] if found else ""


def test_a_site_that_can_not_be_made_at_first_follows_once_it_can(
    make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("no files")

    root = make_course({})
    site = open_live(root, "http://127.0.0.1/")
    app = App(site, b"")
    with monkeypatch.context() as patch:
        patch.setattr(live, "Site", fail)
        assert root / "mkdocs.yml" in site.watched
        app.refresh(None)
        settings = (root / "mkdocs.yml").read_text("utf-8")
        (root / "mkdocs.yml").write_text("plugins: [", "utf-8")
        assert site.watched == [root]
        (root / "mkdocs.yml").write_text(settings, "utf-8")
        assert ask(app, f"/{LESSON}")[0] == 500
        assert "the site can't be built: no files" in ask(app, "/_trackbook/issues.json")[2]
    app.refresh({"mkdocs.yml"})
    assert ask(app, f"/{LESSON}")[0] == 200
    assert "site-is-built" not in ask(app, "/_trackbook/issues.json")[2]


def test_settings_that_can_not_be_used_are_told_until_they_can(make_course: MakeCourse) -> None:
    root = make_course({})
    app = App(open_live(root, "http://127.0.0.1/"), b"")
    app.refresh(None)
    settings = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(f"{settings}\nextra_css: none.css\n", "utf-8")
    app.refresh({"mkdocs.yml"})
    (root / "docs/index.md").write_text("# Another\n", "utf-8")
    app.refresh({"docs/index.md"})
    assert "site-is-built" in ask(app, "/_trackbook/issues.json")[2]
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    app.refresh({"mkdocs.yml"})
    assert "site-is-built" not in ask(app, "/_trackbook/issues.json")[2]
    assert 'id="another"' in ask(app, "/")[2]


def test_a_template_that_breaks_is_told_on_the_page(make_course: MakeCourse) -> None:
    settings = {"{name: material,": "{name: material, custom_dir: theme,"}
    root = make_course({"mkdocs.yml": settings, "theme/main.html": "{% if %}"})
    app = App(open_live(root, "http://127.0.0.1/"), b"")
    app.refresh(None)
    status, _, body = ask(app, f"/{LESSON}")
    assert status == 500 and "Expected an expression" in body
    assert "site-is-built" in ask(app, "/_trackbook/issues.json", f"page=/{LESSON}")[2]
    (root / "theme/main.html").write_text('{% extends "base.html" %}', "utf-8")
    app.refresh({"theme/main.html"})
    assert ask(app, f"/{LESSON}")[0] == 200


def test_a_template_may_show_other_pages(make_course: MakeCourse) -> None:
    """Pages that nobody has asked for yet, too."""
    shown = (
        '{% extends "base.html" %}{% block content %}{% for p in nav.pages %}[{{ p.title }}]{% endfor %}{% endblock %}'
    )
    settings = {"{name: material,": "{name: material, custom_dir: theme,"}
    root = make_course({"mkdocs.yml": settings, "theme/main.html": shown})
    app = App(open_live(root, "http://127.0.0.1/"), b"")
    app.refresh(None)
    assert "[A sample]" in ask(app, f"/{LESSON}")[2]
    (root / "docs/index.md").write_text("# Another\n", "utf-8")
    app.refresh({"docs/index.md"})
    assert "[Another]" in ask(app, f"/{LESSON}")[2]


def test_an_authors_own_code_is_followed(make_course: MakeCourse) -> None:
    code = "def on_page_content(html, **_):\n    return html + {!r}\n"
    root = make_course({"mkdocs.yml": {"plugins:": "hooks: [own.py]\nplugins:"}, "own.py": code.format("One.")})
    site = open_live(root, "http://127.0.0.1/")
    assert root / "own.py" in site.watched
    app = App(site, b"")
    app.refresh(None)
    assert "One." in ask(app, f"/{LESSON}")[2]
    (root / "own.py").write_text(code.format("Another."), "utf-8")
    app.refresh({"own.py"})
    assert "Another." in ask(app, f"/{LESSON}")[2]


def test_settings_that_others_inherit_are_followed(make_course: MakeCourse) -> None:
    root = make_course({"mkdocs.yml": {"site_name:": "INHERIT: base.yml\nsite_name:"}, "base.yml": "copyright: One\n"})
    site = open_live(root, "http://127.0.0.1/")
    app = App(site, b"")
    app.refresh(None)
    assert root / "base.yml" in site.watched
    assert "One" in ask(app, f"/{LESSON}")[2]
    (root / "base.yml").write_text("copyright: Another\n", "utf-8")
    app.refresh({"base.yml"})
    assert "Another" in ask(app, f"/{LESSON}")[2]


def test_a_folder_that_settings_name_may_come_later(make_course: MakeCourse) -> None:
    root = make_course({})
    site = open_live(root, "http://127.0.0.1/")
    app = App(site, b"")
    app.refresh(None)
    assert root not in site.watched
    settings = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(
        settings.replace("{name: material,", "{name: material, custom_dir: later,"), "utf-8"
    )
    app.refresh({"mkdocs.yml"})
    assert root in site.watched
    (root / "later/partials").mkdir(parents=True)
    (root / "later/partials/footer.html").write_text("<p>Later.</p>", "utf-8")
    app.refresh(None)
    assert "<p>Later.</p>" in ask(app, f"/{LESSON}")[2]
    assert root not in site.watched


@pytest.mark.parametrize(
    "taken", with_long(['"base.html"', 'config.extra.around or "base.html"'], '"base.html"'.__eq__)
)
def test_a_template_may_take_in_one_that_shows_other_pages(make_course: MakeCourse, taken: str) -> None:
    settings = {"{name: material,": "{name: material, custom_dir: theme,"}
    root = make_course({"mkdocs.yml": settings, "theme/main.html": f"{{% extends {taken} %}}"})
    app = App(open_live(root, "http://127.0.0.1/"), b"")
    app.refresh(None)
    assert 'rel="next"' in ask(app, "/")[2]


def test_an_authors_code_may_end_what_it_likes(make_course: MakeCourse) -> None:
    code = "def on_post_page(output, **_):\n    raise SystemExit(3)\n"
    root = make_course({"mkdocs.yml": {"plugins:": "hooks: [own.py]\nplugins:"}, "own.py": code})
    app = App(open_live(root, "http://127.0.0.1/"), b"")
    app.refresh(None)
    assert ask(app, f"/{LESSON}")[0] == 500
    assert "site-is-built" in ask(app, "/_trackbook/issues.json", f"page=/{LESSON}")[2]


def test_an_authors_icons_are_followed(make_course: MakeCourse) -> None:
    """One that changes, one that comes, and one that goes: Material would keep what it has read."""
    root = make_course({})
    icons = root / "theme/.icons/own"
    settings = (root / "mkdocs.yml").read_text("utf-8")
    settings += f"markdown_extensions:\n{EMOJI.format(icons.parent)}"
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    (root / "docs/index.md").write_text("# Icons\n\n:own-star: and :own-moon:\n", "utf-8")
    icons.mkdir(parents=True)
    (icons / "star.svg").write_text("<svg><title>One</title></svg>", "utf-8")
    site = open_live(root, "http://127.0.0.1/")
    app = App(site, b"")
    app.refresh(None)
    assert icons.parent in site.watched
    body = ask(app, "/")[2]
    assert "<title>One</title>" in body and ":own-moon:" in body
    (icons / "star.svg").write_text("<svg><title>Another</title></svg>", "utf-8")
    (icons / "moon.svg").write_text("<svg><title>Moon</title></svg>", "utf-8")
    app.refresh({"theme/.icons/own/star.svg", "theme/.icons/own/moon.svg"})
    body = ask(app, "/")[2]
    assert "<title>Another</title>" in body and "<title>Moon</title>" in body
    (icons / "star.svg").unlink()
    app.refresh(None)
    body = ask(app, "/")[2]
    assert ":own-star:" in body and "<title>Moon</title>" in body


def test_a_server_that_is_ended_leaves_nothing(make_course: MakeCourse) -> None:
    """Whoever listens hears the end, and the port is free; `serving` looks at folders, and at how it ended."""
    with serving(make_course({})) as server, urllib.request.urlopen(f"{server.address}_trackbook/events") as events:
        host, port = str(urlsplit(server.address).hostname), int(urlsplit(server.address).port or 0)
        assert events.readline().startswith(b"retry:")
        silent = socket.create_connection((host, port))
        server.get("")  # by now it has been let in
        server.process.terminate()
        assert events.read().strip() == b""
        assert server.process.wait(PATIENCE) == -signal.SIGTERM
        silent.close()
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))


def test_a_port_that_is_taken_is_told(make_course: MakeCourse) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CourseError, match=f"nothing can be served at 127.0.0.1, port {port}: .*; name another --p"):
            serve_site(make_course({}), "127.0.0.1", [port], lambda _: pytest.fail("it says that it serves"))


def test_a_build_holds_nothing_of_the_overlay(make_course: MakeCourse) -> None:
    site = build_site(make_course({}))
    texts = [text for key, text in load_language("en").texts.items() if key.startswith("overlay.") and len(text) > 20]
    marks = [mark.encode() for mark in ("tb-overlay", "_trackbook", *texts)]
    assert len(marks) > 3
    assert [p.name for p in site.rglob("*") if p.is_file() and any(mark in p.read_bytes() for mark in marks)] == []


def test_the_overlay_tells_what_the_languages_hold() -> None:
    script = (ROOT / "src/trackbook/browser/overlay.ts").read_text("utf-8")
    held = {re.match(r"overlay\.(\w+)", key)[1] for key in load_language("en").texts if key.startswith("overlay.")}  # type: ignore[index]
    assert {*re.findall(r'\btell\("(\w+)"', script), "error", "advice"} == held


def test_what_widgets_show_follows_on_plain_pages_and_where_data_changes(make_course: MakeCourse) -> None:
    data = "lessons/data/attention/minilm.json"
    page = "# X\n\n```attention-map\nid: x\ndata: ../lessons/data/attention/minilm.json\nsentence: {}\n```\n"
    root = make_course({"docs/x.md": page.format("keys")})
    whole = (ROOT / data).read_text("utf-8")
    (root / data).parent.mkdir(parents=True)
    fewer = [one for one in json.loads(whole)["sentences"] if one["id"] in ("keys", "cat")]
    (root / data).write_text(json.dumps({**json.loads(whole), "sentences": fewer}), "utf-8")
    site = open_live(root, "http://127.0.0.1/")
    site.refresh()
    assert site.answer("data/attention/minilm/keys.json")
    assert not site.answer("data/attention/minilm/cat.json")
    (root / "docs/x.md").write_text(page.format("cat"), "utf-8")
    site.refresh({"docs/x.md"})
    assert site.answer("data/attention/minilm/cat.json")
    assert not site.answer("data/attention/minilm/keys.json")
    assert not site.answer("data/attention/minilm/animal-tired.json")
    (root / data).write_text(whole, "utf-8")
    site.refresh({data})
    assert site.answer("data/attention/minilm/animal-tired.json")  # an example shows it


def test_the_page_of_progress_knows_its_course_and_what_it_was(make_course: MakeCourse) -> None:
    """Also when only that has changed, and whatever signs a name has."""
    root = make_course({"lessons/course.yml": {"title: A sample": "title: A sample\nid: sample"}})
    app = App(open_live(root, "http://127.0.0.1/"), b"")
    app.refresh(None)

    def read() -> Any:
        found = re.search(r'data-course="(.*?)"', ask(app, "/progress/")[2])
        return json.loads(html.unescape(found[1])) if found else None

    assert read() == {"id": "sample", "title": "A sample", "was": []}
    outline = (root / "lessons/course.yml").read_text("utf-8")
    was = """was: [first, 'It''s "<b>" & more']"""
    (root / "lessons/course.yml").write_text(f"{outline}\n{was}\n", "utf-8")
    app.refresh({"lessons/course.yml"})
    assert read()["was"] == ["first", """It's "<b>" & more"""]
