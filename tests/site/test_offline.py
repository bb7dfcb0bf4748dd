"""What a track needs without a network, the files at the site's root, and its icons."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from PIL import Image
from tests.conftest import Change
from tests.mkdocs_plugin.test_build import QUIET, run

from trackbook.publishing.addresses import CARDS
from trackbook.site.offline.resources import Resources, list_named
from trackbook.site.pictures.icons import COLORS, ICONS, draw_icon
from trackbook.site.root_files import describe_app

MakeCourse = Callable[[Change], Path]
TRACK = "deep-learning"


def read_manifest(site: Path, track: str) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((site / f"offline/{track}.json").read_text("utf-8"))
    return manifest


def locate(site: Path, address: str) -> Path:
    path = site / unquote(address)
    return path / "index.html" if address.endswith("/") or not address else path


@pytest.fixture
def built(make_course: MakeCourse) -> Path:
    root = make_course({})
    run("trackbook", "build", cwd=root)
    return root / "site"


def test_manifest_tells_what_is_there(site: Path) -> None:
    manifest = read_manifest(site, TRACK)
    assert manifest["title"] == "Track 4: Deep learning, a survey"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", manifest["updated"])
    for address, told in manifest["files"].items():
        content = locate(site, address).read_bytes()
        assert told == [sha256(content).hexdigest(), len(content)]
    assert manifest["bytes"] == sum(size for _, size in manifest["files"].values())


def test_manifest_names_the_track_and_what_stands_around_it(site: Path) -> None:
    pages = {address for address in read_manifest(site, TRACK)["files"] if address.endswith("/") or not address}
    folders = {path.parent.relative_to(site).as_posix() + "/" for path in site.glob(f"{TRACK}/**/index.html")}
    assert folders <= pages
    assert {"", "glossary/", "cheatsheets/", "offline/"} <= pages
    assert not {address for address in pages if address.startswith(("transformers/", "contributing/", "checks/"))}


def test_whatever_a_kept_page_asks_for_is_kept(site: Path) -> None:
    """Told by a plain search for attributes, which knows nothing of how the manifest was made."""
    files = read_manifest(site, TRACK)["files"]
    for address in [address for address in files if address.endswith("/") or not address]:
        html = locate(site, address).read_text("utf-8")
        asked = re.findall(r'\ssrc="([^"#]+)"', html)
        asked += re.findall(r'<link rel="(?:stylesheet|icon|preload|manifest|apple-touch-icon)" href="([^"]+)"', html)
        assert asked
        wanted = {urlsplit(urljoin(f"https://site/{address}", name)).path.lstrip("/") for name in asked}
        assert wanted <= set(files), address


def test_code_and_fonts_that_come_later_are_kept(site: Path) -> None:
    files = set(read_manifest(site, TRACK)["files"])
    later = {path.relative_to(site).as_posix() for path in site.glob("assets/*") if path.suffix in (".js", ".woff2")}
    assert len(later) > 8
    assert later <= files


def test_track_without_a_written_page_has_no_manifest(site: Path) -> None:
    assert sorted(path.name for path in (site / "offline").glob("*.json")) == [
        "deep-learning.json",
        "transformers.json",
    ]


def test_former_addresses_are_kept(built: Path) -> None:
    assert "first/old-beta/lesson/" in read_manifest(built, "first")["files"]
    assert "first/old-beta/lesson/" not in read_manifest(built, "second")["files"]


def test_cards_are_kept_with_their_track(built: Path) -> None:
    files = {track: read_manifest(built, track)["files"] for track in ("first", "second")}
    assert all(
        {path.split("/")[-2] for path in kept if path.startswith(CARDS)} == {track} for track, kept in files.items()
    )


def test_version_changes_with_any_file(make_course: MakeCourse) -> None:
    root = make_course({})
    versions = []
    for text in ("", "", "\nChanged.\n"):
        page = root / "cheatsheets/first/beta.md"
        page.write_text(page.read_text("utf-8") + text, "utf-8")
        run("mkdocs", "build", "--site-dir", "site", cwd=root)
        versions.append([read_manifest(root / "site", track)["version"] for track in ("first", "second")])
    assert versions[0] == versions[1]
    assert versions[1][0] != versions[2][0]


NEEDS = {
    '<img src="../a.svg">': {"a.svg"},
    '<img src="b.png?x=1#y" srcset="c.png 1x, ../d%20e.png 2x">': {"page/b.png", "page/c.png", "d e.png"},
    '<link rel="stylesheet" href="../style.css">': {"style.css", "fonts/f.woff2", "more.css"},
    '<div data-model="../model.json" data-src=\'b.png\' data-id="a.svg"></div>': {"model.json", "page/b.png"},
    '<svg><use href="../a.svg#part"/></svg><object data="b.png"></object>': {"a.svg", "page/b.png"},
    '<a href="../a.svg">Drawing</a><link rel="next" href="../other/">': set(),
    '<img src="https://elsewhere.org/a.svg"><img src="data:,"><img src="../gone.svg"><a data-x="../other/">': set(),
    '<p metadata-x="../a.svg">': set(),
}


@pytest.mark.parametrize("html", NEEDS)
def test_resources_of_a_page(tmp_path: Path, html: str) -> None:
    files = ["a.svg", "d e.png", "style.css", "more.css", "fonts/f.woff2", "model.json", "other/index.html"]
    files += ["page/index.html", "page/b.png", "page/c.png"]
    for file in files:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).touch()
    (tmp_path / "style.css").write_text('@import "more.css"; a { src: url(fonts/f.woff2) url("data:x") }', "utf-8")
    (tmp_path / "page/index.html").write_text(html, "utf-8")
    assert Resources(tmp_path, files, {}).list_needed("page/index.html") == NEEDS[html]
    named = {"page/index.html": list_named("page/index.html", html)}
    (tmp_path / "page/index.html").unlink()
    assert Resources(tmp_path, files, named).list_needed("page/index.html") == NEEDS[html]


def test_icons_have_the_sizes_they_are_asked_in() -> None:
    icons = {name: draw_icon(name) for name in ICONS}
    sizes = {name: Image.open(BytesIO(icon)).size for name, icon in icons.items() if name.endswith(".png")}
    assert sizes == {
        "apple-touch-icon.png": (180, 180),
        "icon-192.png": (192, 192),
        "icon-512.png": (512, 512),
        "icon-maskable-512.png": (512, 512),
    }
    assert Image.open(BytesIO(icons["favicon.ico"])).info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_drawing_is_the_same_as_vectors_and_as_pixels() -> None:
    icons = {name: draw_icon(name) for name in ICONS}
    tree = ElementTree.fromstring(icons["favicon.svg"])
    assert tree.attrib["viewBox"] == "0 0 32 32"
    assert all(color in icons["favicon.svg"].decode() for colors in COLORS.values() for color in colors)
    image = Image.open(BytesIO(icons["icon-512.png"])).convert("RGB")
    for circle in tree.iter("{http://www.w3.org/2000/svg}circle"):
        x, y, radius = (round(float(circle.attrib[name]) * 16) for name in ("cx", "cy", "r"))
        light, _ = COLORS["ground" if circle.attrib["class"] == "ground" else "sign"]
        assert image.getpixel((x - radius + 4, y)) == tuple(int(light[at : at + 2], 16) for at in (1, 3, 5))


def test_sign_of_a_cut_icon_stays_whole() -> None:
    image = Image.open(BytesIO(draw_icon("icon-maskable-512.png"))).convert("RGB")
    ground = image.getpixel((0, 0))
    for x in range(512):
        for y in range(512):
            if (x - 255.5) ** 2 + (y - 255.5) ** 2 > (0.4 * 512) ** 2:
                assert image.getpixel((x, y)) == ground


def test_app_is_described_with_icons_that_are_there(built: Path) -> None:
    app = json.loads((built / "manifest.webmanifest").read_text("utf-8"))
    assert (app["name"], app["short_name"], app["start_url"], app["lang"]) == ("A sample", "A sample", "./", "en")
    for icon in app["icons"]:
        content = (built / icon["src"]).read_bytes()
        size = "any" if icon["src"].endswith(".svg") else "x".join(map(str, Image.open(BytesIO(content)).size))
        assert icon["sizes"] == size


def test_long_name_of_an_app_is_cut_at_a_word() -> None:
    assert json.loads(describe_app("Learning of machines", "en", "ltr"))["short_name"] == "Learning"


def test_icon_of_an_author_goes_before_ours(make_course: MakeCourse) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    root = make_course({"docs/favicon.svg": drawing})
    run("trackbook", "build", cwd=root)
    assert (root / "site/favicon.svg").read_text("utf-8") == drawing
    assert (root / "site/favicon.ico").read_bytes() == draw_icon("favicon.ico")


SERVED = """
from mkdocs.commands.build import build
from mkdocs.config import load_config
config = load_config("mkdocs.yml", site_dir="served")
config.plugins.on_startup(command="serve", dirty=False)
build(config)
"""


def test_served_site_keeps_nothing_and_ends_older_workers(make_course: MakeCourse) -> None:
    root = make_course({})
    subprocess.run([sys.executable, "-c", SERVED], cwd=root, env=QUIET, check=True, capture_output=True)
    assert "unregister" in (root / "served/service-worker.js").read_text("utf-8")
    assert "respondWith" not in (root / "served/service-worker.js").read_text("utf-8")
    assert (root / "served/offline/first.json").read_text("utf-8") == "null"
    assert not (root / "served/assets/service-worker.js").exists()


def test_large_media_are_left_out_and_counted(make_course: MakeCourse) -> None:
    """What is no recording is kept however large it is."""
    small, large, picture = 5_000_000, 5_000_001, 6_000_000
    folder = "lessons/first/alpha"
    shown = "![A dot](dot.svg)\n\n![S](s.mp4)\n\n![L](l.mp4)\n\n![T](t.mp3)\n\n![P](p.png)"
    change: Change = {
        **{f"{folder}/{name}.vtt": "WEBVTT" for name in "sl"},
        f"{folder}/t.txt": "What is said.",
        f"{folder}/s.mp4": small,
        f"{folder}/l.mp4": large,
        f"{folder}/t.mp3": large,
        f"{folder}/p.png": picture,
        f"{folder}/lesson.md": {"![A dot on white.](dot.svg)": shown},
    }
    root = make_course(change)
    run("trackbook", "build", "--host", "plain", cwd=root)
    manifest = read_manifest(root / "site", "first")
    assert {"first/alpha/s.mp4", "first/alpha/s.vtt", "first/alpha/p.png"} <= manifest["files"].keys()
    assert not {"first/alpha/l.mp4", "first/alpha/t.mp3"} & manifest["files"].keys()
    assert manifest["without"] == [2, 2 * large]
    assert manifest["bytes"] == sum(size for _, size in manifest["files"].values())
    assert "without" not in read_manifest(root / "site", "second")
