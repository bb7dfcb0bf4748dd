"""What `scripts/bench speed` makes of what it measures, and that the courses it measures are what it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.bench import plain_course
from tests.bench.speed.figures import Medians, fit_exponent, make_figures
from tests.bench.speed.picture import draw, make_lines, place_labels
from tests.bench.speed.projects import Project
from tests.bench.speed.rounds import Run
from tests.bench.speed.work import CommandError, run
from tests.conftest import ROOT
from tests.synthetic import ours, plain
from tests.synthetic.pages import write_pages
from tests.synthetic.plan import Track, plan_course

from trackbook.cli import main


def make_runs(cpu: float = 11, pruned: float = 10, memory: int = 800_000_000) -> list[Run]:
    """At 10 modules a tenth of the work at 100; pruned Material was also measured at 1,000."""
    cold = [Run("ours", size, "build cold", cpu=cpu * size / 100, wall=7.5, memory=memory) for size in (10, 100)]
    others = [Run("pruned", size, "build cold", cpu=pruned, wall=10) for size in (10, 100, 1000)]
    steps = [Run("ours", 100, "build unchanged", cpu=1.1), Run("ours", 100, "build edited", cpu=9, wall=8)]
    return [*cold, *others, *steps, *(Run("ours", 100, "save to served", wall=wall) for wall in (0.09, 0.1, 9))]


def judge(runs: list[Run]) -> dict[str, tuple[int, str]]:
    return {figure.name: (figure.modules, figure.verdict) for figure in make_figures(runs)}


def test_exponent_is_the_slope_of_the_logarithms() -> None:
    assert fit_exponent({25: 3 * 25**1.5, 100: 3 * 100**1.5, 1000: 3 * 1000**1.5}) == pytest.approx(1.5)
    assert fit_exponent({1: 1, 10: 20, 100: 100}) == pytest.approx(1)  # the middle pulls neither end


def test_each_figure_is_held_missed_or_not_measured() -> None:
    judged = judge(make_runs())
    assert judged == {
        "cold build, wall ÷ pruned Material's": (100, "held"),
        "cold build, CPU ÷ pruned Material's": (100, "held"),
        "cold build, wall ÷ stock Material's": (0, "not measured"),
        "the same of 400 pages": (0, "not measured"),
        "cold build, CPU ÷ before": (0, "not measured"),
        "warm build, nothing changed, CPU ÷ before": (0, "not measured"),
        "warm build, one lesson changed, CPU ÷ before": (0, "not measured"),
        "growth exponent of CPU over N": (0, "held"),
        "warm build, nothing changed, CPU ÷ cold": (100, "held"),
        "warm build, one lesson changed, CPU ÷ cold": (100, "missed"),
        "save → new HTML served": (100, "held"),
        "serve ready, caches warm": (0, "not measured"),
        "check, cold, CPU ÷ cold build": (0, "not measured"),
        "peak memory, cold build, all processes": (100, "held"),
    }


def test_stock_material_is_compared_at_1600_and_at_400_pages() -> None:
    stock = [Run("stock", size, "build cold", wall=wall) for size, wall in ((10, 8), (100, 20), (400, 200))]
    ours = [Run("ours", 400, "build cold", cpu=44, wall=51)]
    judged = judge([*make_runs(), *stock, *ours])
    assert judged["cold build, wall ÷ stock Material's"] == (400, "missed")
    assert judged["the same of 400 pages"] == (100, "held")


def test_a_little_more_than_must_is_missed() -> None:
    assert judge(make_runs(cpu=11.1))["cold build, CPU ÷ pruned Material's"] == (100, "missed")
    assert judge(make_runs(memory=800_000_001))["peak memory, cold build, all processes"] == (100, "missed")


def test_memory_that_was_not_measured_is_not_held() -> None:
    assert judge(make_runs(memory=0))["peak memory, cold build, all processes"] == (100, "not measured")


def test_work_and_memory_of_what_a_command_starts_count() -> None:
    worker = "sum(range(4_000_000)); block = bytearray(60_000_000); import time; time.sleep(2)"
    work = run(
        [sys.executable, "-c", f"import subprocess; subprocess.run([{sys.executable!r}, '-c', {worker!r}])"], ROOT
    )
    idle = run([sys.executable, "-c", "pass"], ROOT)
    assert work.cpu > idle.cpu
    assert work.wall > 2
    assert not Path("/proc/self/smaps_rollup").exists() or work.memory > 60_000_000


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is measured on Linux only")
def test_memory_is_not_counted_again_while_a_program_starts(tmp_path: Path) -> None:
    """Until a new program has taken over, its process has all the memory of the one that starts it: here, a second."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    opener = f"import time; time.sleep(1); open({str(pipe)!r}, 'w').close()"
    program = f"""
import os, subprocess, sys
block = bytearray(60_000_000)
subprocess.Popen([sys.executable, "-c", {opener!r}])
actions = [(os.POSIX_SPAWN_OPEN, 0, {str(pipe)!r}, os.O_RDONLY, 0)]
os.waitpid(os.posix_spawn(sys.executable, [sys.executable, "-c", "pass"], os.environ, file_actions=actions), 0)
"""
    assert 60_000_000 < run([sys.executable, "-c", program], ROOT).memory < 100_000_000


def test_nobody_compiles_at_each_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    run([sys.executable, "-c", "import sys; sys.exit(sys.dont_write_bytecode)"], ROOT)


def test_failing_command_is_no_measurement() -> None:
    with pytest.raises(CommandError, match="nothing to build"):
        run([sys.executable, "-c", "raise SystemExit('nothing to build')"], ROOT)


def test_picture_names_each_line_once_and_says_it_in_words() -> None:
    picture = draw(list(make_lines(Medians(tuple(make_runs())))))
    names = re.findall(r"text-anchor=\"(start|end)\" fill=\"\S+\">([A-Z][^<]+)</text>", picture)
    assert names == [("start", "Material, pruned"), ("end", "Trackbook"), ("end", "Trackbook, after an edit")]
    assert "Trackbook: 7.5 seconds for 40 pages, 7.5 seconds for 400 pages." in picture
    assert place_labels([50, 40, 48]) == [76, 40, 58]


@pytest.fixture(scope="module")
def tracks() -> list[Track]:
    return plan_course(12)


def test_made_up_course_has_nothing_off(tracks: list[Track], tmp_path: Path) -> None:
    ours.write_bench_course(tmp_path, tracks, like=ROOT)
    said = CliRunner().invoke(main, ["check", "--course", str(tmp_path)]).output
    assert said == "no errors, no pieces of advice in 49 pages.\n"
    text = "".join(path.read_text("utf-8") for path in sorted(tmp_path.rglob("*.md")))
    for piece in ("```quiz", "```flashcards", "```exercise", "```predict", "```python", "> [!NOTE]", "[^note]:", "$$"):
        assert piece in text
    for piece in ("needs:", "defers:", "builds_on:", "| --- |", "/track-2/", '"promise: '):
        assert piece in text + (tmp_path / "lessons/course.yml").read_text("utf-8")


def test_made_up_course_is_the_same_each_time(tracks: list[Track]) -> None:
    plans, again = ([plan for track in one for plan in track.modules] for one in (tracks, plan_course(12)))
    assert [list(write_pages(plan)) for plan in plans] == [list(write_pages(plan)) for plan in again]


def test_plain_project_has_the_same_words(tracks: list[Track]) -> None:
    for plan in tracks[1].modules:
        for page in write_pages(plan):
            if page.kind != "overview":  # ours names concepts by id there
                mine, theirs = ours.write_page(page).partition("# ")[2], plain.write_page(page, plan)
                assert list_words(theirs) == list_words(mine)


def list_words(text: str) -> set[str]:
    text = re.sub(r"\]\([^)]*\)|^id: .*$", "", text, flags=re.M)
    return {word.lower() for word in re.findall(r"[A-Za-z]+[jv]\b", text)}


@pytest.mark.parametrize("project", plain_course.WRITERS, ids=lambda project: project.name)
def test_plain_pages_build(project: Project, tmp_path: Path) -> None:
    plain_course.WRITERS[project](tmp_path, plan_course(2))
    built = subprocess.run(project.build, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    lesson = tmp_path / project.lesson.format("track-1/module-0")
    assert 700 < len(lesson.read_text("utf-8").split()) < 900
    assert len(list((tmp_path / "site").rglob("index.html"))) >= 8


def test_plain_project_builds(tmp_path: Path) -> None:
    plain.write_material(tmp_path, plan_course(2), pruned=True)
    mkdocs = Path(sys.executable).with_name("mkdocs")
    built = subprocess.run([mkdocs, "build", "--strict"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    assert len(list((tmp_path / "site").rglob("index.html"))) == 10
    practice = (tmp_path / "site/track-1/module-0/practice/index.html").read_text("utf-8")
    assert practice.count('<details class="question">') == 17
    assert practice.count("<summary>Answer</summary>") == 9
