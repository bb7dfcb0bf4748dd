"""What `mkdocs.yml` names: files of the course, icons, plugins. Which of them are not there."""

from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

from trackbook.model import Keys, Setting, SiteSettings
from trackbook.model.site_settings import is_remote

ICON_SETTINGS = (("theme", "icon", "logo"), ("theme", "icon", "repo"))
OF_THE_SITE = (("theme", "logo"), ("theme", "favicon"))
"""Settings that name a file by its path in `docs/` or `custom_dir`."""
LISTS_OF_THE_SITE = (("extra_css",), ("extra_javascript",))
_OF_THE_COURSE = (("hooks",), ("watch",))


def find_absent(settings: SiteSettings, root: Path) -> frozenset[Keys]:
    """The settings that name what is not there."""
    return frozenset(_find_absent(settings, root))


def _find_absent(settings: SiteSettings, root: Path) -> Iterator[Keys]:
    own = settings.find_text("theme", "custom_dir")
    if own and not (root / own).is_dir():
        yield ("theme", "custom_dir")
    folders = [root / "docs", *([root / own] if own else [])]
    for entry in list_site_files(settings):
        path = read_path(entry)
        if path and not is_remote(path) and not any(_holds(folder, path) for folder in folders):
            yield entry.keys
    for entry in (entry for keys in _OF_THE_COURSE for entry in settings.list_below(*keys)):
        if isinstance(entry.value, str) and not (root / entry.value).exists():
            yield entry.keys
    for entry in list_icons(settings):
        if not any(_holds(folder / ".icons", f"{entry.value}.svg") for folder in (root / own, _find_icons())):
            yield entry.keys
    for plugin in settings.plugins:
        if plugin.is_on and plugin.name not in ("trackbook", "search") and not is_installed(plugin.name):
            yield ("plugins", plugin.name)


def list_site_files(settings: SiteSettings) -> list[Setting]:
    """The settings that name a file of the site."""
    single = [settings.entries[keys] for keys in OF_THE_SITE if keys in settings.entries]
    return single + [entry for keys in LISTS_OF_THE_SITE for entry in settings.list_below(*keys)]


def list_icons(settings: SiteSettings) -> list[Setting]:
    """The settings that name an icon of Material's, such as `material/school`."""
    social = [(*entry.keys, "icon") for entry in settings.list_below("extra", "social")]
    return [entry for keys in (*ICON_SETTINGS, *social) if (entry := settings.entries.get(keys)) and entry.value]


def read_path(entry: Setting) -> str:
    """The path that an entry names: a text, or what stands under its `path:`."""
    value = entry.value.get("path") if isinstance(entry.value, dict) else entry.value
    return value if isinstance(value, str) else ""


def _holds(folder: Path, path: str) -> bool:
    """Whether a file stands at a path of a folder, and in no other place."""
    file = folder / path.partition("?")[0]
    return file.is_file() and file.resolve().is_relative_to(folder.resolve())


@cache
def _find_icons() -> Path:
    return Path(str(files("material"))) / "templates"


def is_installed(plugin: str) -> bool:
    return not _list_plugins().isdisjoint({plugin, f"material/{plugin}"})


@cache
def _list_plugins() -> frozenset[str]:
    return frozenset(point.name for point in entry_points(group="mkdocs.plugins"))
