"""The files of a search index are written where they differ, and nothing of another site changes with them."""

from pathlib import Path

import pytest

from trackbook.mkdocs_plugin.index_files import remove_others, write_files


def list_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    write_files(tmp_path, {"index/a": b"a", "b": b"b"})
    before = (tmp_path / "index/a").stat()
    write_files(tmp_path, {"index/a": b"a", "b": b"B"})
    assert list_files(tmp_path) == {"index/a": b"a", "b": b"B"}
    after = (tmp_path / "index/a").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_of_the_last_site_is_shared(tmp_path: Path) -> None:
    last, new = tmp_path / "last", tmp_path / "new"
    write_files(last, {"index/a": b"a", "b": b"b"})
    write_files(new, {"index/a": b"a", "b": b"B", "c": b"c"}, last)
    assert list_files(new) == {"index/a": b"a", "b": b"B", "c": b"c"}
    assert (new / "index/a").samefile(last / "index/a")


def test_a_shared_file_is_not_written_into(tmp_path: Path) -> None:
    last, new = tmp_path / "last", tmp_path / "new"
    write_files(last, {"a": b"a"})
    write_files(new, {"a": b"a"}, last)
    write_files(new, {"a": b"A"}, last)
    assert (list_files(new), list_files(last)) == ({"a": b"A"}, {"a": b"a"})


def test_a_link_of_the_last_site_is_not_followed(tmp_path: Path) -> None:
    last, new = tmp_path / "last", tmp_path / "new"
    last.mkdir()
    (tmp_path / "own").write_bytes(b"a")
    (last / "a").symlink_to(tmp_path / "own")
    write_files(new, {"a": b"a"}, last)
    assert not (new / "a").is_symlink()
    assert not (new / "a").samefile(tmp_path / "own")


def test_files_are_written_where_the_system_gives_no_second_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    write_files(tmp_path / "last", {"a": b"a"})
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    write_files(tmp_path / "new", {"a": b"a"}, tmp_path / "last")
    assert list_files(tmp_path / "new") == {"a": b"a"}


def test_others_and_empty_folders_go(tmp_path: Path) -> None:
    write_files(tmp_path, {"a": b"a", "1/index/b": b"b", "1/index/c": b"c", "2/index/d": b"d"})
    (tmp_path / "e").symlink_to(tmp_path / "1")
    remove_others(tmp_path, {"a", "1/index/c"})
    assert list_files(tmp_path) == {"a": b"a", "1/index/c": b"c"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "a"]
