"""No command starts a program by a course's wish, and code of a course runs only where the docs say so."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests.cli.watching import Watch, Watched
from tests.conftest import Change, change_files
from tests.runs import with_long

from trackbook.cache.programs import find_program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its programs are no scripts")
PROGRAMS = ("git", "node", "npm", "npx", "esbuild", "pagefind", "pagefind_extended", "chromium", "python3", "sh")
MODULES = (
    *("yaml", "click", "mkdocs", "markdown", "jinja2", "material", "pydantic", "filelock", "watchfiles", "PIL"),
    *("sitecustomize", "usercustomize", "pickle", "struct", "signal", "socket", "tempfile", "resource", "warnings"),
)
GIT = """
[core]
 fsmonitor = PROGRAM
 hooksPath = hooks
 pager = PROGRAM
 sshCommand = PROGRAM
[diff]
 external = PROGRAM
[diff "x"]
 textconv = PROGRAM
 command = PROGRAM
[filter "x"]
 clean = PROGRAM
 process = PROGRAM
[log]
 showSignature = true
[gpg]
 program = PROGRAM
"""
CODE: Change = {
    "hooks.py": "open('owned', 'w').write('hook')\n",
    "overrides/main.html": '{% extends "base.html" %}{{ [].__class__ }}\n',
    "overrides/own.html": '{% extends "base.html" %}\n',
    "docs/own.md": "---\ntemplate: own.html\n---\n\n# Own\n",
    "docs/own.js": "alert(1)\n",
    "mkdocs.yml": {
        "theme:": "hooks: [hooks.py]\nextra_javascript: [own.js]\nmarkdown_extensions: [own_extension, meta]\ntheme:",
        "name: material": "name: material, custom_dir: overrides",
    },
    "own_extension.py": "open('owned', 'w').write('extension')\n",
    "lessons/widgets/dial/fallback.html": '<div class="tb-widget">{{ [].__class__ }}</div>\n',
    "lessons/widgets/dial/element.js": "alert('dial')\n",
    "lessons/widgets/dial/__init__.py": "from trackbook.widgets.data import Text, WidgetData\n\n"
    "open('owned', 'w').write('widget')\n\n\nclass Data(WidgetData):\n    ask: Text\n",
    "lessons/first/alpha/lesson.md": {"# Alpha\n": "# Alpha\n\n```dial\nid: mine\nask: What?\n```\n"},
}
"""What a course may run, and an untrusted build leaves out."""


@pytest.fixture
def course(make_course: Callable[[Change], Path], tmp_path: Path) -> Path:
    """The sample course in a repository that means harm, with programs and modules by the names of those we use."""
    root = make_course({})
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho $0 >> {tmp_path}/mark\n", "utf-8")
    text = program.read_text("utf-8")
    marking = f"open({str(tmp_path / 'mark')!r}, 'a').write(__file__)\n"
    places = [root, root / "node_modules/.bin", root / "node_modules/@esbuild/linux-x64/bin"]
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
        for name in PROGRAMS:
            (place / name).write_text(text, "utf-8")
    change_files(root, {f"{name}.py": marking for name in MODULES})
    change_files(
        root, {"package.json": '{"scripts": {"preinstall": "touch owned"}}', ".npmrc": "node-options=-r ./x.js"}
    )
    change_files(
        root, {"pagefind.yml": "nonsense: [", ".gitattributes": "*.md filter=x diff=x\n", "tsconfig.json": "{"}
    )
    change_files(root, {"hooks/post-index-change": text, "own.pth": "import os; os.mkdir('owned')\n"})
    for path in (program, *(place / name for place in places for name in PROGRAMS), root / "hooks/post-index-change"):
        path.chmod(0o755)
    for words in (["init", "--quiet"], ["add", "lessons", "docs", "cheatsheets"], ["commit", "--quiet", "-m", "x"]):
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@x", *words], cwd=root, check=True)
    with (root / ".git/config").open("a", encoding="utf-8") as config:
        config.write(GIT.replace("PROGRAM", str(program)))
    with (root / "lessons/first/beta/practice.md").open("a", encoding="utf-8") as page:
        page.write("\nChanged since.\n")
    return root


@pytest.fixture
def watch(course: Path, tmp_path: Path) -> Watch:
    return Watch(tmp_path, course)


def list_path(course: Path) -> str:
    """Where a shell looks for programs that finds those of the course before all others."""
    return os.pathsep.join((".", "", str(course / "node_modules/.bin"), os.environ["PATH"]))


def check_programs(told: Watched, course: Path) -> None:
    """Nothing but git and Pagefind, from where they are installed, and our own Python."""
    assert told.pythons >= 1
    ours = ("git", "pagefind", "pagefind_bin", "pagefind_extended", Path(sys.executable).name)
    for words in told.started:
        program = Path(words[0])
        assert program.is_absolute() or words[0] == sys.executable, words
        assert program.name in ours, words
        assert not program.is_relative_to(course), words
    assert not (course.parent / "mark").exists(), (course.parent / "mark").read_text("utf-8")
    assert not (course / "owned").exists()


ANYWAY = {
    "check": ("check",),
    "report": ("report", "--base", "HEAD"),
    "record": ("record",),
    "a page of the report": ("report", "--html", "report.html"),
    "schema": ("schema",),
    "explain": ("explain",),
    "build": ("build",),
    "build for files": ("build", "--relative"),
    "build by the plain host": ("build", "--host", "plain"),
    "cards": ("export", "anki"),
    "stage": ("stage", "staged"),
    "rename": ("rename", "first/beta", "first/omega"),
    "a new module": ("new", "module", "first/new"),
    "a new widget": ("new", "widget", "number-line"),
}
"""Commands on a course that asks for no code in any way that the docs name."""


@pytest.mark.parametrize("name", with_long(ANYWAY, ("report", "build", "cards", "rename").__contains__))
def test_no_command_starts_what_lies_in_a_course(name: str, course: Path, watch: Watch) -> None:
    told = watch.run(*ANYWAY[name], PATH=list_path(course))
    check_programs(told, course)
    assert told.code == frozenset()
    assert "Error" not in told.output
    assert name not in ("report", "build", "cards", "rename") or told.started


UNTRUSTED = {
    "check": ("check",),
    "report": ("report", "--base", "HEAD"),
    "record": ("record",),
    "build": ("build", "--untrusted"),
    "build for files": ("build", "--untrusted", "--relative"),
    "cards": ("export", "anki", "--untrusted"),
    "stage": ("stage", "staged", "--untrusted"),
    "a new widget": ("new", "widget", "number-line"),
}
"""Commands that run no code of a course, whatever it asks for."""


@pytest.mark.parametrize("name", with_long(UNTRUSTED, ("check", "build").__contains__))
def test_code_of_a_course_does_not_run(name: str, course: Path, watch: Watch) -> None:
    change_files(course, CODE)
    told = watch.run(*UNTRUSTED[name], PATH=list_path(course))
    check_programs(told, course)
    assert told.code == frozenset()
    assert "Error" not in told.output, told.output


def test_an_untrusted_build_says_what_it_left_out(course: Path, watch: Watch) -> None:
    change_files(course, CODE)
    told = watch.run("build", "--untrusted")
    assert told.output.splitlines() == [
        'mkdocs.yml:6: left out: the templates in "overrides".',
        'mkdocs.yml:3: left out: a hook, "hooks.py".',
        'mkdocs.yml:4: left out: a script, "own.js".',
        'mkdocs.yml:5: left out: the Markdown extension "own_extension".',
        'lessons/widgets/dial/__init__.py:1: left out: the widget "dial", in whose place pages say so.',
        "Built site/",
        "docs/own.md:2: left out: a template of the course's own.",
    ]
    page = (course / "site/first/alpha/lesson/index.html").read_text("utf-8")
    assert "This interactive part was left out, since its code was not run." in page
    assert "own.js" not in page
    assert not [path for path in (course / "site").rglob("*.js") if b"alert('dial')" in path.read_bytes()]
    told = watch.run("check", "--site", "site")
    check_programs(told, course)
    assert told.code == frozenset()


def test_a_trusted_build_runs_it(course: Path, watch: Watch) -> None:
    """So the test above would see it."""
    change_files(course, {**CODE, "docs/own.md": "# Own\n", "mkdocs.yml": {"theme:": "hooks: [hooks.py]\ntheme:"}})
    told = watch.run("build")
    assert "Built" in told.output, told.output
    assert {"hooks.py", "lessons/widgets/dial/__init__.py"} <= told.code
    assert (course / "owned").exists()
    assert [path for path in (course / "site").rglob("*.js") if b"alert('dial')" in path.read_bytes()]


WIDGET = {"lessons/widgets/dial/__init__.py", "lessons/widgets/dial/fallback.html"}
RUNS = {
    "check": (("check",), set()),
    "a baseline": (("check", "--write-baseline"), set()),
    "report": (("report", "--html"), set()),
    "record": (("record",), set()),
    "explain": (("explain",), set()),
    "a new module": (("new", "module", "first/new"), set()),
    "a new widget": (("new", "widget", "number-line"), set()),
    "schema": (("schema", "dial"), WIDGET),
    "rename": (("rename", "first/beta", "first/omega"), WIDGET),
    "cards": (("export", "anki"), {*WIDGET, "hooks.py"}),
    "stage": (("stage", "staged"), {*WIDGET, "hooks.py"}),
    "build": (("build",), {*WIDGET, "hooks.py", "overrides/main.html"}),
}
"""What `docs/trust.md` says that each command runs of a course."""


@pytest.mark.parametrize("name", with_long(RUNS, ("schema", "stage").__contains__))
def test_code_of_a_course_runs_where_the_docs_say_so(name: str, course: Path, watch: Watch) -> None:
    words, runs = RUNS[name]
    settings = {"theme:": "hooks: [hooks.py]\ntheme:", "name: material": "name: material, custom_dir: overrides"}
    main = '{% extends "base.html" %}\n'
    change_files(course, {**CODE, "docs/own.md": "# Own\n", "overrides/main.html": main, "mkdocs.yml": settings})
    told = watch.run(*words)
    assert told.code == runs, told.output


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("strace"), reason="there is no strace")
@pytest.mark.parametrize("words", [("report", "--base", "HEAD"), ("build", "--untrusted"), ("export", "anki")])
def test_the_system_sees_no_other_programs(words: tuple[str, ...], course: Path, tmp_path: Path) -> None:
    """Nor any that git or Pagefind start."""
    trace = tmp_path / "trace"
    command = [str(Path(sys.executable).with_name("trackbook")), *words]
    strace = ["strace", "--follow-forks", "--quiet=all", "--trace=execve", f"--output={trace}", *command]
    subprocess.run(strace, cwd=course, env={**os.environ, "PATH": list_path(course)}, check=True, capture_output=True)
    started = {Path(path) for path in re.findall(r'execve\("([^"]+)".* = 0', trace.read_text("utf-8"))}
    assert started
    assert {path.name for path in started} <= {"git", "pagefind", "pagefind_bin", "pagefind_extended", "trackbook"}
    assert not [path for path in started if path.is_relative_to(course)]


@pytest.mark.long
@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_processes_beside_the_first_start_nothing_else(start: str, course: Path, watch: Watch) -> None:
    change_files(course, {f"docs/many/{number}.md": f"# Page {number}\n\nText.\n" for number in range(120)})
    told = watch.run("build", PATH=list_path(course), TRACKBOOK_START=start, TRACKBOOK_PROCESSES="2")
    check_programs(told, course)
    assert told.code == frozenset()
    assert told.pythons > (1 if start == "spawn" else 0)
    assert "Built" in told.output


def serve(watch: Watch, **more: str) -> Watched:
    """Serves until a page has come."""
    program = Path(sys.executable).with_name("trackbook")
    with subprocess.Popen(
        [program, "serve", "--port", "8971"],
        cwd=watch.course,
        env={**watch.environment, "PYTHONUNBUFFERED": "1", **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as served:
        assert served.stdout
        lines = iter(served.stdout)
        output = next((line for line in lines if "Serving" in line), "")
        assert output, "it did not serve"
        with urlopen("http://127.0.0.1:8971/first/alpha/lesson/", timeout=60) as answer:
            assert b"Alpha" in answer.read()
        served.send_signal(signal.SIGINT)
        return watch.tell(output + "".join(lines))


@pytest.mark.long
def test_serving_starts_nothing_that_lies_in_a_course(course: Path, watch: Watch) -> None:
    told = serve(watch, PATH=list_path(course))
    check_programs(told, course)
    assert told.code == frozenset()


@pytest.mark.long
def test_serving_by_whole_builds_imports_nothing_but_the_hook(course: Path, watch: Watch) -> None:
    """Such a build is a process of its own, in the course's folder."""
    change_files(
        course, {"hook.py": "def on_env(env, **_): return env\n", "mkdocs.yml": {"theme:": "hooks: [hook.py]\ntheme:"}}
    )
    told = serve(watch, PATH=list_path(course))
    check_programs(told, course)
    assert told.code == frozenset({"hook.py"})
    assert [words for words in told.started if Path(words[0]).name.startswith("python")]


def test_as_a_module_it_imports_nothing_of_the_folder_one_is_in(course: Path, watch: Watch) -> None:
    for name in MODULES:
        if name not in ("yaml", "click", "pydantic", "jinja2"):
            (course / f"{name}.py").unlink()
    done = subprocess.run(
        [sys.executable, "-m", "trackbook", "check"],
        cwd=course,
        env=watch.environment,
        capture_output=True,
        check=False,
    )
    assert watch.tell(done.stdout.decode()).code == frozenset()
    assert b"in 9 pages" in done.stdout or b"pages" in done.stdout
    assert not (course.parent / "mark").exists()


def test_programs_are_found_outside_of_a_course_alone(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course)
    monkeypatch.setenv("PATH", list_path(course))
    found = find_program("git", course)
    assert found and Path(found).is_absolute() and not Path(found).is_relative_to(course)
    assert find_program("pagefind_extended", course) is None
    link = tmp_path / "link"
    link.symlink_to(course / "node_modules/.bin")
    monkeypatch.setenv("PATH", str(link))
    assert find_program("git", course) is None
