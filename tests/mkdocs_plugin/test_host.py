"""What is said of a `mkdocs.yml` that can't be used."""

from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.config import load_config, make_loader
from trackbook.model import PythonName
from trackbook.reading.python_names import MADE, NAMES, look_up

GOOD = "site_name: A course\ntheme: {name: material}\nplugins: [trackbook]\n"
REFUSED = {
    "a kind": (GOOD + "use_directory_urls: maybe\n", 'mkdocs.yml:4:1: setting-is-known: "use_directory_urls" is'),
    "in quotes": (GOOD + '"use_directory_urls" : maybe\n', "mkdocs.yml:4:1: setting-is-known: "),
    "an address": (GOOD + "\n# ours\nsite_url: nowhere\n", "mkdocs.yml:6:1: address-in-settings-is-whole: "),
    "a plugin": (GOOD.replace("trackbook", "trackbuk"), "mkdocs.yml:3:1: course-has-settings: "),
    "no plugin": ("theme: material\n", "mkdocs.yml:1: course-has-settings: mkdocs.yml lists no plugin `trackbook`."),
    "no YAML": ("site_name: [\n", "mkdocs.yml:1: yaml-is-sound: this is not YAML"),
    "a list": ("- site_name\n", "mkdocs.yml:1:1: yaml-is-sound: mkdocs.yml holds no settings."),
    "depths": ("site_name: " + "[" * 2000, "mkdocs.yml:1: yaml-is-sound: more than 40 levels stand inside"),
    "a name of Python": (
        GOOD + "markdown_extensions:\n- toc:\n    slugify: !!python/name:no.such\n",
        "mkdocs.yml:6:14: yaml",
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    return tmp_path


@pytest.mark.parametrize(("text", "start"), REFUSED.values(), ids=REFUSED)
def test_what_is_off_is_said_with_its_place(root: Path, text: str, start: str) -> None:
    (root / "mkdocs.yml").write_text(text)
    with pytest.raises(CourseError) as raised:
        load_config(root)
    assert str(raised.value).startswith(start)
    assert "\n" not in str(raised.value)


def test_the_title_of_the_outline_is_the_name_of_the_site(root: Path) -> None:
    (root / "lessons").mkdir()
    (root / "lessons/course.yml").write_text("title: Counting\ntracks: []\n")
    for name in ("", "site_name: Another\n"):
        (root / "mkdocs.yml").write_text(GOOD.replace("site_name: A course\n", name))
        assert load_config(root).site_name == "Counting"


def test_what_the_host_alone_finds_wrong_is_said_with_its_place(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    (root / "mkdocs.yml").write_text(GOOD + "dev_addr: nothing\n")
    said = "mkdocs.yml:4: dev_addr: Must be a string of format 'IP:PORT'"
    with pytest.raises(CourseError, match=said):
        load_config(root, strict=True)
    assert not caplog.messages


def test_no_settings(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"there is no mkdocs\.yml in .*: `trackbook new course DIR` makes"):
        load_config(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["a: !!python/object/apply:os.mkdir [MARK]", "a: !!python/object/new:os.mkdir [MARK]", "a: !!python/name:os.mkdir"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_loading_makes_no_object_even_where_no_check_saw_it(text: str, encoding: str, tmp_path: Path) -> None:
    """As where another parser of YAML reads the file otherwise."""
    path, mark = tmp_path / "mkdocs.yml", tmp_path / "mark"
    path.write_bytes(text.replace("MARK", str(mark)).encode(encoding))
    with path.open("rb") as file, pytest.raises(ConfigurationError, match="is code that no setting may name"):
        yaml_load(file, make_loader(MkDocsConfig()))
    assert not mark.exists()


def test_every_helper_that_may_be_named_is_there() -> None:
    for name in NAMES:
        assert callable(look_up(PythonName(name)))
    for name in MADE:
        assert callable(look_up(PythonName(name, is_called=True)))
