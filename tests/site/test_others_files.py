"""No command takes away what it did not write: cases, each host, and random steps with sudden deaths between them."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import SAMPLE, TESTS, Change, change_files
from tests.runs import with_long
from tests.site.others_files import find_lost, put

from trackbook.cache.made import LIST, list_strangers, read_made, write_listed
from trackbook.cli import main
from trackbook.issue import CourseError
from trackbook.site import swap

MakeCourse = Callable[[Change], Path]
CASES = yaml.safe_load((TESTS / "cases/lost.yml").read_text("utf-8"))


def run(words: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, words.split())
    assert done.exit_code == code, done.output
    return done.output


@pytest.mark.parametrize(
    "case", with_long(CASES, lambda case: CASES.index(case) % 3 == 0), ids=[case["name"] for case in CASES]
)
def test_what_is_of_others_stays(
    make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch, case: dict[str, Any]
) -> None:
    root = make_course(case.get("before", {}))
    monkeypatch.chdir(root)
    for words in case.get("first", ["build"]):
        run(words)
    change_files(root, case.get("change", {}))
    put(root, case["put"])
    told = case.get("refuses")
    for _ in range(2):
        said = run(case.get("run", "build"), case.get("code", 1) if told else 0)
        assert (told or "") in said and "Traceback" not in said
        assert find_lost(root, case["put"]) == []
        if case.get("run", "").startswith(("rename", "new")):
            break


@pytest.mark.parametrize("command", with_long(["mkdocs", "properdocs"], "mkdocs".__eq__))
def test_so_it_is_when_mkdocs_builds(make_course: MakeCourse, command: str) -> None:
    root = make_course({})
    others = {
        "site/CNAME": "x",
        "site/.git": "x",
        "site/mine/a": "Mine.",
        "site/first/b": "Mine.",
        "site/link": {"to": "x"},
    }
    edited = {**others, "site/index.html": "Mine."}
    words = [sys.executable, "-m", command, "build", "--strict", "-f", "mkdocs.yml"]
    for files, code in (({}, 0), (others, 0), (edited, 1)):
        put(root, {name: what for name, what in files.items() if not os.path.lexists(root / name)})
        put(root, {name: what for name, what in files.items() if name == "site/index.html"})
        done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        assert find_lost(root, files) == []
        assert [path.name for path in root.iterdir() if path.name.startswith(".site")] == []
    assert "site/ holds index.html, which no build wrote as it is now" in done.stderr and "Traceback" not in done.stderr
    (root / "site/sub").mkdir()
    (root / f"site/{LIST}").unlink()
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "on no list of Trackbook's" in done.stderr
    assert find_lost(root, edited) == []


def test_a_list_is_the_same_of_the_same_site(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    """It knows nothing of what others put there, and can be read with any tool."""
    root = make_course({})
    monkeypatch.chdir(root)
    run("build")
    first = (root / "site" / LIST).read_bytes()
    put(root, {"site/mine": "Mine."})
    run("build --no-cache")
    assert (root / "site" / LIST).read_bytes() == first
    made = read_made(root / "site")
    assert made is not None and "index.html" in made and "mine" not in made and LIST not in made
    run("check --site site")


def test_a_cloned_site_is_known(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The list goes along: with other times, without the cache, in another place."""
    root = make_course({})
    monkeypatch.chdir(root)
    run("build")
    (root / "site").rename(tmp_path / "old")
    shutil.rmtree(root / ".cache")
    shutil.copytree(tmp_path / "old", root / "site", copy_function=shutil.copyfile)
    change_files(root, {"docs/more.md": "# More\n"})
    run("build")
    assert (root / "site/more/index.html").is_file()
    change_files(root, {"docs/more.md": None})
    run("build")
    assert not (root / "site/more").exists()


@pytest.mark.parametrize("deployed", [True, False])
def test_the_line_to_type_makes_room_for_a_build(
    make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch, deployed: bool
) -> None:
    """A site that an older version built has no list."""
    root = make_course({})
    monkeypatch.chdir(root)
    run("build")
    (root / "site" / LIST).unlink()
    hosts = {"site/CNAME": "x", "site/.nojekyll": "", "site/_headers": "x", "site/.github/a.yml": "x"}
    if deployed:
        put(root, hosts)
        who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        for words in (["init", "-q"], ["add", "--all"], [*who, "commit", "-qm", "Publish"]):
            subprocess.run(["git", "-C", "site", *words], check=True)
    line = run("build", 1).split("type `")[1].split("`")[0]
    subprocess.run(line, shell=True, check=True)
    run("build")
    assert not deployed or find_lost(root, hosts) == []
    assert os.path.lexists(root / "site/.git") == deployed


def test_modes_stay_and_files_are_the_very_same(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_course({})
    monkeypatch.chdir(root)
    run("build")
    put(root, {"site/closed/file": "Mine.", "site/fifo/.keep": ""})
    os.mkfifo(root / "site/fifo/pipe")
    (root / "site/closed/file").chmod(0o400)
    (root / "site/closed").chmod(0o500)
    before = (root / "site/closed/file").lstat()
    run("build")
    run("build")
    after = (root / "site/closed/file").lstat()
    assert (after.st_ino, after.st_mode, after.st_mtime_ns) == (before.st_ino, before.st_mode, before.st_mtime_ns)
    assert stat.S_IMODE((root / "site/closed").stat().st_mode) == 0o500
    assert stat.S_ISFIFO((root / "site/fifo/pipe").lstat().st_mode)
    assert not (root / ".site.new").exists()


def test_where_no_file_can_have_two_names_it_is_copied(
    make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    root = make_course({})
    monkeypatch.chdir(root)
    run("build")
    others = {"site/notes/file": "Mine.", "site/link": {"to": "nowhere"}}
    put(root, others)
    monkeypatch.setattr(os, "link", refuse)
    run("build")
    assert find_lost(root, others) == [] and not (root / ".site.new").exists()


def test_what_comes_while_the_new_site_moves_in_is_told(
    make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    root = make_course({})
    monkeypatch.chdir(root)
    run("build")
    late = lambda point: put(root, {"site/late": "Mine."}) if point == "kept" else None  # noqa: E731
    monkeypatch.setattr(swap, "reached", late)
    run("build")
    assert "site/: late came while the site was built: move it from .site.new" in caplog.text
    monkeypatch.undo()
    monkeypatch.chdir(root)
    assert ".site.new, which a build has to make, holds late: move it away" in run("build", 1)
    assert find_lost(root, {".site.new/late": "Mine."}) == []


def test_what_came_before_a_build_was_interrupted_stays(
    make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_course({})
    monkeypatch.chdir(root)
    run("build")

    def interrupt(point: str) -> None:
        if point == "kept":
            put(root, {"site/late": "Mine."})
        if point == "exchanged":
            raise KeyboardInterrupt

    monkeypatch.setattr(swap, "reached", interrupt)
    run("build", 1)
    assert find_lost(root, {".site.new/late": "Mine."}) == []


def test_decks_are_known_wherever_an_export_was_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each step of a second export that ends there, the third knows all files as its own."""
    names = ("a", "b")
    for last in range(6):
        folder, steps = tmp_path / str(last), iter(range(6))
        write_listed(folder, dict.fromkeys(names, b"old"))
        replace = Path.replace

        def stop(
            path: Path,
            target: Path,
            last: int = last,
            steps: Any = steps,
            replace: Callable[[Path, Path], Path] = replace,
        ) -> Path:
            if next(steps) == last:
                raise KeyboardInterrupt
            return replace(path, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", stop)
            with suppress(KeyboardInterrupt):
                write_listed(folder, dict.fromkeys(names, b"new"))
        assert list_strangers(folder, dict.fromkeys(names, b"newer")) == []


# Random steps. A build of the whole course would take seconds each: the short run swaps small sites as builds do.

NAMES = st.sampled_from(
    [
        "index.html",
        "a",
        "a/index.html",
        "a/b",
        "a/b/index.html",
        "b.txt",
        ".git",
        ".git/HEAD",
        "CNAME",
        ".nojekyll",
        "c",
        "c/d",
        LIST[1:],
    ]
)
OTHERS = st.one_of(
    st.tuples(st.just("put"), NAMES, st.binary(max_size=4)),
    st.tuples(st.just("folder"), NAMES, st.just(b"")),
    st.tuples(st.just("link"), NAMES, st.sampled_from([b"a", b"nowhere", b"../around", b"."])),
    st.tuples(st.just("close"), NAMES, st.just(b"")),
)
BUILDS = st.tuples(
    st.just("build"),
    st.sets(NAMES.filter(lambda name: name not in (".git", ".git/HEAD")), max_size=5),
    st.integers(0, 9),
)
DEATHS = ("", "began", "", "built", "", "kept", "", "exchanged", "moved aside", "moved in")


class SuddenDeath(BaseException):
    """As SIGKILL: nothing that comes after it is carried out."""


@given(st.lists(st.one_of(OTHERS, BUILDS), min_size=4, max_size=12), st.booleans())
def test_nothing_of_others_is_lost_whatever_comes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any], exchange: bool
) -> None:
    root = tmp_path_factory.mktemp("steps")
    site, theirs = root / "site", dict[str, object]()
    put(root, {"around": b"Mine.", ".sites": b"Mine.", "site.old/file": b"Mine."})
    play_build(site, {"index.html", "a/b"}, b"first", "", exchange)
    for number, (kind, what, how) in enumerate(steps):
        if kind == "build":
            play_build(site, what, f"build {number}".encode(), DEATHS[how], exchange)
            # An empty folder goes with what a build put into it, or with a build that was cut off between two renames.
            is_cut = DEATHS[how].startswith("moved") and not exchange
            filled = {above.as_posix() for name in what for above in Path(name).parents}
            theirs = {name: held for name, held in theirs.items() if held != "folder" or not (is_cut or name in filled)}
        elif (path := site / what).parent.is_dir() or kind == "put":
            theirs |= disturb(site, path, kind, how)
        places = [folder for folder in (site, root / ".site.old") if folder.is_dir()]  # it died between two renames
        lost = [name for name, held in theirs.items() if held not in [look(place / name) for place in places]]
        assert lost == []
    assert find_lost(root, {"around": b"Mine.", ".sites": b"Mine.", "site.old/file": b"Mine."}) == []
    for folder, _, _ in os.walk(root):
        Path(folder).chmod(0o700)


def disturb(site: Path, path: Path, kind: str, content: bytes) -> dict[str, object]:
    """What an author does in the site; what is theirs from then on, as it looks."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        name = path.relative_to(site).as_posix()
        if kind == "put" and not path.is_dir() and not path.is_symlink():
            path.unlink(missing_ok=True)
            path.write_bytes(b"mine" + content)
        elif kind == "folder" and not os.path.lexists(path):
            path.mkdir()
        elif kind == "link" and not os.path.lexists(path):
            path.symlink_to(content.decode())
        elif kind == "close" and path.is_file() and path.read_bytes().startswith(b"mine"):
            path.chmod(0o400)
        else:
            return {}
        return {name: look(path)}
    except OSError:  # a file where a folder would have to be
        return {}


def look(path: Path) -> object:
    if path.is_symlink():
        return ("link", path.readlink())
    if path.is_dir():
        return "folder"
    return (path.read_bytes(), path.stat().st_mode) if path.is_file() else None


def play_build(site: Path, names: set[str], content: bytes, death: str, exchange: bool) -> None:
    """A build of a site of these files, which is cut off at the point of its death as if the power went."""
    dead = False

    def reach(point: str) -> None:
        nonlocal dead
        if point == death:
            dead = True
            raise SuddenDeath

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(swap, "reached", reach)
        patch.setattr(swap, "_discard", lambda *args, do=swap._discard: [] if dead else do(*args))
        if not exchange:
            patch.setattr(swap, "_exchange", lambda *_: False)
        with suppress(SuddenDeath, CourseError), swap.replacing(site, site.parent / ".cache/lock") as new:
            for name in sorted(names):
                if not (new / name).exists() and not any(above.is_file() for above in (new / name).parents):
                    (new / name).parent.mkdir(parents=True, exist_ok=True)
                    (new / name).write_bytes(content)


DEADLY = """
import os, signal, sys
left, process, root = int(sys.argv[1]), os.getpid(), os.getcwd()
touching = {"open", "os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "os.chmod", "os.scandir"}
def die(event, args):
    global left
    if event in touching and str(args[0]).startswith(root) and os.getpid() == process:
        left -= 1
        if left == 0:
            os.kill(process, signal.SIGKILL)
sys.addaudithook(die)
from trackbook.cli import main
main(sys.argv[2:])
"""
COMMANDS = [
    "build",
    "build --relative",
    "build --host plain",
    "build --no-cache",
    "stage out",
    "export anki",
    "report --html",
    "rename first/alpha first/fresh",
    "rename first/fresh first/alpha",
]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
def test_commands_that_are_killed_lose_nothing(tmp_path: Path, seed: int) -> None:
    """Whole commands, killed at whichever time they touch the disk, over files of others in their folders."""
    chance, root = Random(seed), tmp_path / "course"
    shutil.copytree(SAMPLE, root)
    others: dict[str, object] = {}
    for number in range(6):
        folder = chance.choice(["site", "out", "anki", ".", "site/first", ".cache", "site/assets"])
        name = chance.choice([".git/HEAD", "CNAME", "mine.txt", "more/mine", ".hidden", "empty"])
        if (root / folder).is_dir() or chance.random() < 0.3:
            path = f"{folder}/{number}-{name}" if name != "CNAME" else f"{folder}/CNAME"
            if not os.path.lexists(root / path):
                others[path] = None if name == "empty" else chance.randbytes(8)
                put(root, {path: others[path]})
        words = chance.choice(COMMANDS)
        after = chance.choice([0, chance.randrange(1, 60), chance.randrange(200, 1500)])
        command = [sys.executable, "-c", DEADLY, str(after), *words.split()]
        subprocess.run(command, cwd=root, capture_output=True, check=False)
        swap.mend(root / "site")
        assert find_lost(root, others) == []


def test_a_rename_that_is_killed_keeps_every_page(make_course: MakeCourse) -> None:
    """At whatever file it ends: each page is there, as it was or with its links led on."""
    pages = len([*SAMPLE.rglob("*.md")])
    for last in range(4):
        root = make_course({})
        code = (
            "import os, signal, sys\nfrom pathlib import Path\n"
            "left, replace, write = [int(sys.argv[1])], Path.replace, Path.write_bytes\n"
            "def die(path, content):\n"
            "    left[0] -= 1\n"
            "    if left[0] < 0:\n"
            "        path.open('wb').close()\n"
            "        os.kill(os.getpid(), signal.SIGKILL)\n"
            "    return write(path, content)\n"
            "Path.write_bytes = die\n"
            "from trackbook.cli import main\n"
            "main(['rename', 'first/alpha', 'first/fresh'])\n"
        )
        subprocess.run([sys.executable, "-c", code, str(last)], cwd=root, capture_output=True, check=False)
        found = [path for path in root.rglob("*.md") if ".trackbook-" not in str(path)]
        assert len([path for path in found if path.stat().st_size]) == pages
        shutil.rmtree(root)
