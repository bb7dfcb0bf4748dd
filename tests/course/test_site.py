"""Our own course as a reader meets it: the built site."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import ROOT
from tests.mkdocs_plugin.test_build import QUIET, contents, run

from trackbook.language.words import load_language

LESSON = "deep-learning/attention-in-brief/lesson/"


def read(site: Path, address: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / address / "index.html").read_text("utf-8"))


def text(page: LexborHTMLParser, selector: str) -> str:
    return " ".join(node.text(separator=" ").strip() for node in page.css(selector)).replace("\n", " ")


def test_head_of_a_column_has_words_beside_its_formula(site: Path) -> None:
    """axe takes MathML for no text, and a head of a formula alone for an empty one."""
    pages = [LexborHTMLParser(path.read_text("utf-8")) for path in site.rglob("index.html")]
    heads = [head for page in pages for head in page.css("th") if head.css_first("math") is not None]
    for head in heads:
        assert head.text(strip=True) != "".join(formula.text(strip=True) for formula in head.css("math"))


def test_lesson_shows_where_it_stands(site: Path) -> None:
    page = read(site, LESSON)
    assert text(page, ".tb-where").split() == ["Track", "4", "Lesson", "3", "of", "10", "Phase", "1", "14", "min"]
    assert text(page, ".tb-tabs").split() == ["Overview", "Lesson", "Practice", "Cheatsheet"]
    previous, following = page.css_first("a.tb-previous"), page.css_first("a.tb-next")
    assert previous
    assert following
    assert (previous.attributes["href"], following.attributes["href"]) == (
        "../../recurrence/lesson/",
        "../practice/",
    )
    assert page.css_first("a.tb-next .tb-promise")


def test_lesson_leads_deeper_and_back(site: Path) -> None:
    card = read(site, LESSON).css_first('.tb-deeper[data-track="5"] a')
    assert card
    assert card.attributes["href"] == "../../../transformers/query-key-value/lesson/"
    assert "Goes deeper · Track 5, lesson 3" in text(read(site, LESSON), ".tb-deeper .tb-label")
    back = read(site, "transformers/query-key-value/lesson/").css_first(".tb-shorter a")
    assert back
    assert back.attributes["href"] == "../../../deep-learning/attention-in-brief/lesson/"


def test_overview_lists_what_is_needed(site: Path) -> None:
    links = [node.attributes["href"] for node in read(site, "deep-learning/attention-in-brief/").css(".tb-facts a")]
    assert "../recurrence/lesson/" in links
    assert "../../neural-networks/" in links


def test_home_says_where_the_first_tracks_are_taught(site: Path) -> None:
    page = read(site, "")
    assert "Tracks 1 to 3 are taught elsewhere" in text(page, "article")
    assert len(page.css(".tb-track .tb-elsewhere a")) == 3


def test_formulas_are_mathml(site: Path) -> None:
    page = read(site, "transformers/query-key-value/lesson/")
    assert page.css("math msqrt")
    assert "\\frac" not in text(page, "article")
    assert "arithmatex" not in (page.html or "")


def test_every_internal_link_lands(site: Path) -> None:
    pages = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    anchors = {
        name: {node.attributes.get("id") for node in LexborHTMLParser(path.read_text("utf-8")).css("[id]")}
        for name, path in pages.items()
    }
    lost = []
    for name, path in pages.items():
        base = "https://site/" if name == "404.html" else f"https://site/{name}"
        for node in LexborHTMLParser(path.read_text("utf-8")).css("[href], [src]"):
            written = node.attributes.get("href") or node.attributes.get("src") or ""
            address, fragment = urldefrag(urljoin(base, written))
            parts = urlsplit(address)
            if parts.netloc != "site":
                continue
            target = unquote(parts.path).lstrip("/")
            target += "index.html" if target.endswith("/") or not target else ""
            if not (site / target).is_file() or (fragment and unquote(fragment) not in anchors.get(target, set())):
                lost.append((name, written))
    assert lost == []


def test_nothing_is_asked_of_other_servers(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = LexborHTMLParser(path.read_text("utf-8"))
        asked = [node.attributes.get("src") for node in page.css("[src]")]
        asked += [node.attributes.get("href") for node in page.css("link:not([rel=canonical])")]
        assert [address for address in asked if address and "://" in address] == [], path


def test_page_names_lessons_of_one_track_only(site: Path) -> None:
    navigation = read(site, LESSON).css(".tb-nav a")
    addresses = [node.attributes["href"] or "" for node in navigation]
    assert [address for address in addresses if "transformers/" in address and address.count("/") > 4] == []


def test_page_shows_where_it_is_in_the_navigation(site: Path) -> None:
    module = LESSON.removesuffix("lesson/")
    for address, mark in ((LESSON, "page"), (f"{module}practice/", "true"), (module, "true")):
        current = read(site, address).css(".tb-nav [aria-current]")
        assert [(link.attributes["aria-current"], link.attributes["href"]) for link in current] == [
            (mark, f"{'../' * address.count('/')}{LESSON}")
        ]
    assert len(read(site, "deep-learning/").css('.tb-nav-track[aria-current="page"]')) == 1


def test_page_carries_the_texts_of_its_own_elements(site: Path) -> None:
    for address in (LESSON, "review/", "glossary/"):
        page = read(site, address)
        told = {key.partition(".")[0] for key in json.loads(text(page, "#tb-texts"))}
        tags = {node.tag or "" for node in page.css("body *")}
        stand = {tag.removeprefix("tb-") for tag in tags if tag.startswith("tb-")}
        stand |= {"marks"} if address == LESSON else set()  # a script puts it there
        own = {key.split(".")[1] for key in load_language("en").texts if key.startswith("elements.")}
        assert told & own == stand & own


def test_wheel_alone_makes_a_course_elsewhere(tmp_path: Path) -> None:
    """Builds the wheel, unpacks it away from the checkout, and makes and builds a course with it."""
    wheels, installed = tmp_path / "wheels", tmp_path / "installed"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(wheels),
        str(ROOT),
    ]
    subprocess.run(pip, check=True, capture_output=True, env=QUIET)
    [wheel] = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(installed)
    assert not [name for name in names if name.endswith(".ts") or "node_modules" in name]
    environment = {**QUIET, "PYTHONPATH": str(installed)}

    def trackbook(*words: str, cwd: Path) -> str:
        command = [sys.executable, "-m", "trackbook", *words]
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    where = [sys.executable, "-c", "import trackbook; print(trackbook.__file__)"]
    assert str(installed) in subprocess.run(where, env=environment, capture_output=True, text=True, check=True).stdout
    trackbook("new", "course", "x", cwd=tmp_path)
    assert trackbook("build", cwd=tmp_path / "x") == "Built site/\n"
    assert trackbook("explain", "--markdown", cwd=tmp_path) == (ROOT / "docs/checks.md").read_text("utf-8")
    made = contents(tmp_path / "x" / "site")
    assert any(name.startswith("assets/trackbook") and name.endswith(".js") for name in made)


def test_stage_builds_under_zensical(tmp_path: Path) -> None:
    """Informative: runs only where Zensical is installed."""
    zensical = shutil.which("zensical", path=str(Path(sys.executable).parent))
    if zensical is None:
        pytest.skip("zensical is not installed")
    run("trackbook", "stage", tmp_path / "docs", cwd=ROOT)
    (tmp_path / "mkdocs.yml").write_text("site_name: Staged\ndocs_dir: docs\n", encoding="utf-8")
    done = subprocess.run([zensical, "build"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "site" / LESSON / "index.html").is_file()
