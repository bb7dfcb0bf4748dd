"""Files get into a site's folder whole, and nothing of another site changes with them."""

from pathlib import Path

import pytest

from trackbook.site.files import SiteFiles, write_file


def test_a_file_of_the_last_site_that_is_the_same_is_shared(tmp_path: Path) -> None:
    last, new = tmp_path / "last", tmp_path / "new"
    for name, content in {"index/a": b"a", "b": b"b"}.items():
        write_file(last / name, content)
    for name, content in {"index/a": b"a", "b": b"B", "c": b"c"}.items():
        write_file(new / name, content, last / name)
    assert (new / "index/a").samefile(last / "index/a")
    assert [(new / name).read_bytes() for name in ("index/a", "b", "c")] == [b"a", b"B", b"c"]
    assert (last / "b").read_bytes() == b"b"


def test_a_link_of_the_last_site_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "own").write_bytes(b"a")
    (tmp_path / "link").symlink_to(tmp_path / "own")
    write_file(tmp_path / "new", b"a", tmp_path / "link")
    assert not (tmp_path / "new").is_symlink()
    assert not (tmp_path / "new").samefile(tmp_path / "own")


def test_files_are_written_where_the_system_gives_no_second_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    write_file(tmp_path / "last", b"a")
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    write_file(tmp_path / "new", b"a", tmp_path / "last")
    assert (tmp_path / "new").read_bytes() == b"a"


def test_the_first_group_that_has_a_path_gives_the_file(tmp_path: Path) -> None:
    (tmp_path / "copied").write_bytes(b"copied")
    asked = []

    def list_late() -> dict[str, Path]:
        asked.append("late")
        return {"a": tmp_path / "none", "b": tmp_path / "copied"}

    files = SiteFiles(lambda: {"a": lambda: "made"}, list_late)
    assert files.read("a") == b"made"
    assert asked == []
    assert files.read("b") == b"copied"
    assert files.read("c") is None
    assert list(files) == ["a", "b"]
    assert asked == ["late"]
