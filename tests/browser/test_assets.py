"""What the build of the browser code promises: small files, nothing foreign, the same bytes every time."""

import gzip
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from trackbook.browser import build_hook

ROOT = Path(__file__).parents[2]
THEME = ROOT / "overrides"
KILOBYTE = 1000


def weigh(file: str, folder: Path = THEME) -> int:
    return len(gzip.compress((folder / file).read_bytes()))


def list_page_styles(manifest: dict[str, Any]) -> list[str]:
    """The sheets that one kind of page, or a page with one kind of widget, has beside the one of all pages."""
    return [style for part in ("pages", "widgets") for styles in manifest[part].values() for style in styles]


def test_main_script_keeps_its_budget(assets: tuple[Path, dict[str, Any]]) -> None:
    assert sum(weigh(Path(file).name, assets[0]) for file in assets[1]["scripts"]) <= 10 * KILOBYTE


def test_styles_keep_their_budget(site: Path) -> None:
    """On every page of our course: what it loads of ours but for its widgets, and with them. One shows them all."""
    weights = {page.relative_to(site).as_posix(): weigh_styles(page, site) for page in site.rglob("*.html")}
    assert max(bare for bare, _ in weights.values()) > 5 * KILOBYTE
    _, all_widgets = weights.pop("widgets/index.html")
    assert all_widgets <= 21 * KILOBYTE
    heavy = {page for page, (bare, whole) in weights.items() if bare > 8 * KILOBYTE or whole > 12 * KILOBYTE}
    assert heavy == set()


def weigh_styles(page: Path, site: Path) -> tuple[int, int]:
    sheets = re.findall(r'<link rel="stylesheet" href="[./]*(assets/(?!material-)[\w.-]+)"', page.read_text("utf-8"))
    of_widgets = [sheet for sheet in sheets if "/widget-" in sheet or "/page-widgets-" in sheet]
    whole = sum(weigh(sheet, site) for sheet in sheets)
    return whole - sum(weigh(sheet, site) for sheet in of_widgets), whole


def test_each_element_keeps_its_budget(assets: tuple[Path, dict[str, Any]]) -> None:
    """But for the one script of pages that come from no network."""
    loaded = {path for path in assets[0].glob("*.js") if not path.name.startswith("relative-")}
    weights = {path.name: weigh(path.name, path.parent) for path in loaded}
    assert len(weights) > 40
    assert {file: weight for file, weight in weights.items() if weight > 15 * KILOBYTE} == {}


def test_named_files_are_there_and_no_others(manifest: dict[str, Any]) -> None:
    named = {*manifest["styles"], *list_page_styles(manifest), *manifest["scripts"], *manifest["preload"]}
    there = {f"assets/{path.name}" for path in (THEME / "assets").iterdir()} - {
        "assets/manifest.json",
        "assets/diagrams",
    }
    assert named <= set(manifest["files"]) == there


def test_styles_fetch_from_this_site_alone(manifest: dict[str, Any]) -> None:
    for style in (*manifest["styles"], *list_page_styles(manifest)):
        for address in re.findall(r"url\((.+?)\)", (THEME / style).read_text("utf-8")):
            assert (THEME / "assets" / address.strip("\"'")).is_file()


@pytest.mark.long
def test_types_hold() -> None:
    build_hook.install_packages(ROOT / build_hook.BROWSER)
    build_hook.check_types(ROOT)


def test_fonts_travel_with_their_licenses() -> None:
    licenses = (THEME / "assets" / "font-licenses.txt").read_text("utf-8")
    assert licenses.count("SIL OPEN FONT LICENSE") >= 4


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of all sources, with the packages that are installed already."""
    browser = ROOT / build_hook.BROWSER
    build_hook.build_assets(ROOT)
    for path in (path for pattern in build_hook.SOURCES for path in ROOT.glob(pattern)):
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    build_hook.install_packages(browser)
    (tmp_path / build_hook.BROWSER / "node_modules").symlink_to(browser / "node_modules")
    return tmp_path


@pytest.mark.long
def test_equal_sources_give_equal_bytes_anywhere(copy: Path) -> None:
    built = build_hook.build_assets(copy).parent
    assert read_all(built) == read_all(THEME / "assets")


def read_all(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_changed_sources_leave_no_stale_file(copy: Path) -> None:
    build_hook.build_assets(copy)
    tokens = copy / "overrides/styles/tokens.css"
    tokens.write_text(tokens.read_text("utf-8") + "\n.tb-new { color: red; }\n", "utf-8")
    manifest = build_hook.build_assets(copy)
    assert sorted(path.name for path in manifest.parent.glob("trackbook-style*.css")) == [
        Path(style).name for style in json.loads(manifest.read_text("utf-8"))["styles"]
    ]
    assert [path.name for path in (copy / "overrides").iterdir() if path.name.startswith(".")] == []


@pytest.mark.long
def test_missing_file_is_built_again(copy: Path) -> None:
    manifest = build_hook.build_assets(copy)
    style = manifest.parent.parent / json.loads(manifest.read_text("utf-8"))["styles"][0]
    style.unlink()
    build_hook.build_assets(copy)
    assert style.is_file()


def test_failed_build_names_the_line_and_keeps_the_last_good_one(copy: Path) -> None:
    before = build_hook.build_assets(copy).read_bytes()
    main = copy / build_hook.BROWSER / "main.ts"
    main.write_text("const broken = ;\n", "utf-8")
    with pytest.raises(build_hook.AssetsError, match=r"main\.ts:1:15"):
        build_hook.build_assets(copy)
    assert (copy / "overrides/assets/manifest.json").read_bytes() == before


def test_no_node_is_said_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_hook, "machine_has_node", lambda: False)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(build_hook.AssetsError, match="pip install"):
        build_hook.node_command()
