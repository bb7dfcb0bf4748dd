"""What is said of a `mkdocs.yml` that can't be used."""

import logging
from pathlib import Path

import pytest

from trackbook.issue import CourseError
from trackbook.mkdocs_plugin.config import load_config

GOOD = "site_name: A course\ntheme: {name: material}\nplugins: [trackbook]\n"
REFUSED = {
    "a kind": (GOOD + "use_directory_urls: maybe\n", "mkdocs.yml:4: use_directory_urls: Expected type"),
    "in quotes": (GOOD + '"use_directory_urls" : maybe\n', "mkdocs.yml:4: use_directory_urls: Expected type"),
    "an address": (GOOD + "\n# ours\nsite_url: nowhere\n", "mkdocs.yml:6: site_url: The URL isn't valid"),
    "a plugin": ("site_name: A course\nplugins: [trackbuk]\n", 'mkdocs.yml:2: plugins: The "trackbuk" plugin is not'),
    "what is missing": ("plugins: [trackbook]\n", "mkdocs.yml: site_name: Required configuration not provided"),
    "no plugin": ("site_name: A course\n", "mkdocs.yml lists no plugin `trackbook`: add it under `plugins:`"),
    "no YAML": ("site_name: [\n", "mkdocs.yml: MkDocs encountered an error parsing the configuration file"),
    "a list": ("- site_name\n", "mkdocs.yml: The configuration is invalid."),
    "depths": ("site_name: " + "[" * 2000, "mkdocs.yml: too many levels stand inside each other"),
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


def test_a_doubt_stops_what_is_strict(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    (root / "mkdocs.yml").write_text(GOOD + "nonsense: 3\n")
    said = "mkdocs.yml:4: nonsense: Unrecognised configuration name: nonsense"
    with caplog.at_level(logging.WARNING):
        assert load_config(root).site_name == "A course"
    assert caplog.messages == [said]
    with pytest.raises(CourseError, match=said):
        load_config(root, strict=True)


def test_no_settings(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"there is no mkdocs\.yml in .*: `trackbook new course DIR` makes"):
        load_config(tmp_path)
