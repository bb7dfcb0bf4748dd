"""A course's own widget from the wheel alone: made by one command, live in a browser, without Node."""

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from sysconfig import get_path

import pytest
from playwright.sync_api import Page, expect
from tests.conftest import ROOT
from tests.serving.server import serving

SLOW = 40_000


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with the wheel in it, and what it depends on beside it."""
    folder = tmp_path_factory.mktemp("installed")
    wheels = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT))
    subprocess.run([sys.executable, "-m", "pip", *wheels], check=True, capture_output=True)
    venv.create(folder / "venv")
    programs = folder / "venv" / "bin"
    into = ("--python", str(programs / "python"), "install", "--quiet", "--no-deps", *map(str, folder.glob("*.whl")))
    subprocess.run([sys.executable, "-m", "pip", *into], check=True, capture_output=True)
    [packages] = folder.glob("venv/lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(get_path("purelib") + "\n", "utf-8")
    return programs


def test_a_new_widget_is_live_at_once_and_follows_its_author(
    installed: Path, tmp_path: Path, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(installed))
    assert shutil.which("node") is None
    root, widget = tmp_path / "course", tmp_path / "course/lessons/widgets/dial"

    def trackbook(*words: str) -> str:
        done = subprocess.run([installed / "trackbook", *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    trackbook("new", "course", str(root))
    made = trackbook("new", "widget", "dial", "--course", str(root))
    with (root / "lessons/first-track/first-module/lesson.md").open("a", encoding="utf-8") as lesson:
        lesson.write("\n" + made.partition("such as so.\n\n")[2])
    trackbook("build", "--course", str(root))
    with serving(root, (str(installed / "python"), "-m", "trackbook")) as server:
        page = open_page(f"{server.address}first-track/first-module/lesson/")
        page.locator("tb-dial").scroll_into_view_if_needed()
        page.locator("tb-dial[data-ready]").wait_for()
        page.locator("tb-dial summary").press("Enter")
        expect(page.locator("tb-dial").get_by_role("status")).to_have_text("The answer is open.")

        fallback = widget / "fallback.html"
        fallback.write_text(fallback.read_text("utf-8").replace("{{ ask | trim }}", "Well: {{ ask | trim }}"), "utf-8")
        expect(page.locator("tb-dial .tb-ask")).to_have_text("Well: What do you ask?", timeout=SLOW)
        page.locator("tb-dial[data-ready]").wait_for()  # else the page asks for a script that the next save replaces
        script = page.locator("head script[type=module]").first
        before = script.get_attribute("src") or ""
        element = widget / "element.js"
        element.write_text(element.read_text("utf-8").replace(': "")', ': "Closed.")'), "utf-8")
        expect(script).not_to_have_attribute("src", before, timeout=SLOW)
        page.locator("tb-dial[data-ready]").wait_for()
        for _ in range(2):
            page.locator("tb-dial summary").press("Enter")
        expect(page.locator("tb-dial").get_by_role("status")).to_have_text("Closed.")

        code = widget / "__init__.py"
        whole = code.read_text("utf-8")
        code.write_text(whole.replace("ask: Text", "ask: Txt"), "utf-8")
        told = page.locator("tb-overlay")
        expect(told).to_contain_text("lessons/widgets/dial/__init__.py:9: NameError", timeout=SLOW)
        code.write_text(whole, "utf-8")
        expect(told).not_to_contain_text("NameError", timeout=SLOW)
        page.close()
