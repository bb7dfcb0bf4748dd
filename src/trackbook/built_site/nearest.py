"""The file that an address may have meant, looked for a folder at a time: so a renamed track takes no minutes."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from trackbook.issue import find_close


class Nearest:
    """What is in each folder of a site, and where each name is."""

    def __init__(self, files: Iterable[str]) -> None:
        self._children: dict[str, dict[str, None]] = defaultdict(dict)
        self._named: dict[str, list[str]] = defaultdict(list)
        self._files = frozenset(files)
        self._match = cache(self._match_name)
        for path in sorted(self._files):
            self._named[path.removesuffix("/index.html").rpartition("/")[2]].append(path)
            folder = ""
            for name in path.split("/"):
                self._children[folder][name] = None
                folder += f"{name}/"

    def find(self, path: str) -> str:
        """The path most like this one, name by name; else that of the only page or file of its name; else nothing."""
        folder, names = "", path.strip("/").split("/")
        for name in names:
            folder += f"{self._match(folder, name)}/"
        for like in (f"{folder}index.html", folder.rstrip("/")):
            if like in self._files:
                return like
        same = self._named[names[-1]]
        return same[0] if len(same) == 1 else ""

    def _match_name(self, folder: str, name: str) -> str:
        near = self._children.get(folder, {})
        return name if name in near else find_close(name, near) or name
