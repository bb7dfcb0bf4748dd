"""Sources that mean harm end in an issue with a place, or in a right page: never in a traceback, and soon."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import TESTS, copy_widgets
from tests.fuzz.cases import Case, cases, make_case
from tests.fuzz.judging import judge
from tests.fuzz.mutations import MUTATIONS
from tests.fuzz.sources import OUTLINE, Files, Odd, clear, load_sources, write_sources

from trackbook.cli import main
from trackbook.mkdocs_plugin.build import build_site
from trackbook.model import Finding
from trackbook.reading import read_course
from trackbook.reading.files import Content, decode_text
from trackbook.widgets import load_widgets

HOSTILE = yaml.safe_load((TESTS / "cases" / "hostile.yml").read_text("utf-8"))
FORGED = """<img src=x onerror=alert(1)><script>alert(1)</script>{{ 7*7 }}{% raw %}&amp;"'😀שלום"""


def join(pieces: object) -> str:
    if isinstance(pieces, list):
        return "".join(map(join, pieces))
    return pieces["text"] * pieces["times"] if isinstance(pieces, dict) else str(pieces)


def make_content(new: Any, old: bytes | Odd | None) -> bytes | Odd:
    if not isinstance(new, dict):
        return join(new).encode()
    if "old" not in new:
        kind, target = next(iter(new.items()))
        return Odd(kind, str(target))
    assert isinstance(old, bytes)
    assert new["old"].encode() in old
    return old.replace(new["old"].encode(), join(new["new"]).encode(), 1)


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["name"].replace(" ", "-"))
def test_hostile_course_is_judged(case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = load_sources("sample")
    sources |= {path: make_content(new, sources.get(path)) for path, new in case["files"].items()}
    write_sources(sources, tmp_path)
    if case.get("shows_our_widgets"):
        copy_widgets(tmp_path)
    closed = {tmp_path / path for path, content in sources.items() if content == Odd("unreadable", "True")}

    def refuse(path: str, *how: Any, **more: Any) -> Any:  # root may read everything
        if Path(path) in closed:
            raise PermissionError(13, "Permission denied")
        return open(path, *how, **more)  # noqa: PTH123

    monkeypatch.setattr("trackbook.reading.files.open", refuse, raising=False)
    said = CliRunner().invoke(main, ["check", "--course", str(tmp_path)])
    assert isinstance(said.exception, SystemExit | None)
    if case.get("silent"):
        assert said.exit_code == 0, said.output
    else:
        assert case["says"] in said.output
        assert said.exit_code == 1
    if not closed:
        assert judge(tmp_path, case.get("depth", "check")) == []


def test_module_listed_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = load_sources("sample")
    sources[OUTLINE] = make_content({"old": "[gamma]", "new": "[gamma, gamma]"}, sources[OUTLINE])
    write_sources(sources, tmp_path)
    met: list[str] = []

    def count(content: Content) -> tuple[str, list[Finding]]:
        met.append(content.name)
        return decode_text(content)

    monkeypatch.setattr("trackbook.reading.page.decode_text", count)
    read_course(tmp_path, load_widgets())
    assert met.count("lessons/second/gamma/lesson.md") == 1


def quote(name: str) -> str:
    return yaml.safe_dump(name + FORGED, allow_unicode=True, width=1000, default_style='"').strip()


def test_markup_in_every_field_comes_out_as_text(tmp_path: Path) -> None:
    """Escaped wherever it is shown, and no template runs it."""
    sources = load_sources("sample")
    for path, content in sources.items():
        assert isinstance(content, bytes)
        text = content.decode()
        for old, new in FIELDS.get(path, {}).items():
            assert old in text, f"{path} does not hold {old!r}"
            text = text.replace(old, new, 1)
        sources[path] = text.encode()
    write_sources(sources, tmp_path)
    pages = [LexborHTMLParser(page.read_bytes()) for page in build_site(tmp_path).rglob("*.html")]
    shown = ""
    for page in pages:
        for node in page.css("*"):
            assert not [name for name in node.attributes if name.startswith("on")], node.html
            assert node.tag != "img" or node.attributes["src"] != "x"
            if node.tag == "script" and node.attributes.get("type") != "application/ld+json":
                assert "alert" not in node.text()
            assert "</script" not in (node.text(deep=False) if node.tag == "script" else "")
        for node in page.css("title, body, meta[name=description]"):
            shown += f"{node.text()}{node.attributes.get('content')}\n"
    for name in NAMES:
        assert name + FORGED in shown, name
    assert "49" not in {word for word in shown.split() if word in ("49", "{{49}}")}


NAMES = ("course", "track", "phase", "elsewhere", "module", "summary", "objective", "credit", "concept", "meaning")
ALLOWED = "allow: {syntax-is-understood: It has to be built.}"
FIELDS = {
    "mkdocs.yml": {"site_name: A sample\n": ""},
    "lessons/course.yml": {
        "title: A sample": f"title: {quote('course')}",
        "title: First track": f"title: {quote('track')}",
        "title: Beginning": f"title: {quote('phase')}",
        "title: A book": f"title: {quote('elsewhere')}",
        "title: Delta": f"title: {quote('planned')}",
        "summary: Written one day.": f"summary: {quote('one day')}",
    },
    "lessons/first/beta/overview.md": {
        "title: Beta": f"title: {quote('module')}\n{ALLOWED}",
        "summary: What follows.": f"summary: {quote('summary')}\nsource: {{title: {quote('credit')}}}",
        "Place beta after alpha": quote("objective"),
        "# Beta": "# module" + FORGED.replace("&", "&amp;").replace("<", "&lt;"),
    },
    "lessons/first/beta/lesson.md": {
        "teaches:": f"{ALLOWED}\nteaches:",
        "beta: The": f"beta: {{name: {quote('concept')}, match: [beta], definition: {quote('meaning')}}}  # The",
        "The rest.": "The rest, {{ 7*7 }} {% raw %} ${7*7} #{7*7} `{{ 7*7 }}`.",
    },
    "cheatsheets/first/beta.md": {"# ": "---\nallow: {cheatsheet-has-every-concept: its name is no word}\n---\n\n# "},
}


@settings(suppress_health_check=list(HealthCheck))
@given(case=cases({"sample": 3, "hebrew": 1}, {"check": 1}))
def test_mutated_course_is_judged(case: Case, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.getbasetemp() / "mutated"
    clear(root)
    make_case(case, root)
    assert judge(root, case.depth) == []


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_every_mutation_changes_something(name: str) -> None:
    def mutate(seed: int) -> Files:
        files = load_sources("sample")
        MUTATIONS[name](files, Random(seed))
        return files

    assert any(mutate(seed) != load_sources("sample") for seed in range(10))
