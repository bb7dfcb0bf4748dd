"""A site that knows its address tells it to search engines and in shared links; one that doesn't is whole too."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import Change
from tests.mkdocs_plugin.test_build import QUIET, contents, run

MakeCourse = Callable[[Change], Path]
ADDRESS = "https://example.org/course"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def build(root: Path, monkeypatch: pytest.MonkeyPatch, address: str = ADDRESS) -> Path:
    monkeypatch.setitem(QUIET, "SITE_URL", address)
    run("trackbook", "build", cwd=root)
    return root / "site"


def read_meta(page: Path) -> dict[str, str]:
    nodes = LexborHTMLParser(page.read_text("utf-8")).css("meta[property], meta[name^=twitter]")
    return {
        str(node.attributes.get("property") or node.attributes["name"]): str(node.attributes["content"])
        for node in nodes
    }


def test_shared_link_has_a_picture_of_its_track(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    site = build(make_course({}), monkeypatch)
    meta = read_meta(site / "first/alpha/lesson/index.html")
    picture = meta.pop("og:image")
    assert meta == {
        "og:title": "Alpha · Lesson · Track 1",
        "og:description": "Where it starts.",
        "og:type": "article",
        "og:site_name": "A sample",
        "og:locale": "en_US",
        "og:url": f"{ADDRESS}/first/alpha/lesson/",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Track 1: First track · A sample",
        "twitter:card": "summary_large_image",
    }
    assert picture.startswith(f"{ADDRESS}/assets/cards/first-")
    assert Image.open(BytesIO((site / picture.removeprefix(f"{ADDRESS}/")).read_bytes())).size == (1200, 630)
    home = read_meta(site / "index.html")
    assert home["og:type"] == "website"
    assert home["og:image"].startswith(f"{ADDRESS}/assets/cards/home-")
    assert home["og:image"] == read_meta(site / "glossary/index.html")["og:image"]


def test_sitemap_lists_every_page_and_nothing_else(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_course(
        {
            "docs/index.md": {"# A": "---\nupdated: 2026-02-03\n---\n\n# A"},
            "docs/draft.md": "---\nunlisted: true\n---\n\n# Draft\n",
        }
    )
    site = build(root, monkeypatch)
    listed = {
        url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod")
        for url in ElementTree.parse(site / "sitemap.xml").iter(f"{SITEMAP}url")
    }
    pages = {
        f"{ADDRESS}/{page.removesuffix('index.html')}"
        for page in contents(site)
        if page.endswith("index.html") and b'http-equiv="refresh"' not in (site / page).read_bytes()
    }
    assert set(listed) == pages - {f"{ADDRESS}/draft/", f"{ADDRESS}/offline/", f"{ADDRESS}/certificate/"}
    assert listed[f"{ADDRESS}/"] == "2026-02-03"
    assert listed[f"{ADDRESS}/first/alpha/lesson/"] is None  # no commit has touched it
    assert (site / "robots.txt").read_text("utf-8").endswith(f"\nSitemap: {ADDRESS}/sitemap.xml\n")


def test_site_without_an_address_needs_none(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    site = build(make_course({}), monkeypatch, "")
    meta = read_meta(site / "first/alpha/lesson/index.html")
    assert meta["og:title"] == "Alpha · Lesson · Track 1"
    assert meta["twitter:card"] == "summary"
    assert not {"og:url", "og:image"} & set(meta)
    assert (site / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"
    assert not [name for name in contents(site) if "sitemap" in name or name.startswith("assets/cards/")]


def test_own_robots_file_goes_before_ours(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    site = build(make_course({"docs/robots.txt": "User-agent: *\nDisallow: /\n"}), monkeypatch)
    assert "Disallow" in (site / "robots.txt").read_text("utf-8")


def test_only_a_site_is_taken_for_a_site(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_course({})
    build(root, monkeypatch, "")
    build(root, monkeypatch, "")
    (root / "site/.trackbook-files.json").unlink()
    assert "site/ holds what is on no list of Trackbook's" in run("trackbook", "build", cwd=root, code=1)
