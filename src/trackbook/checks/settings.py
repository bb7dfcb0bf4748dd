"""What `mkdocs.yml` asks for is known, can be had, and is there. Nothing but the settings is looked at."""

import posixpath
from collections.abc import Iterator
from urllib.parse import urlsplit

from trackbook.checks.check import advice, check
from trackbook.issue import suggest
from trackbook.model import SETTINGS, Course, Finding, Keys, Setting, SiteSettings, Source
from trackbook.model.site_settings import is_remote
from trackbook.reading.known_settings import Known, load_known
from trackbook.reading.misfits import describe
from trackbook.reading.named import list_icons, list_site_files, read_path

_HOLDS = {
    "text": (str, "text", "write text"),
    "truth": (bool, "true or false", "write true or false"),
    "list": (list, "a list", "write each entry in a line of its own, after a hyphen"),
    "keys": (dict, "keys with values", "write each setting as `key: value`"),
}
_LONGEST = 100
_LISTS = ("plugins", "markdown_extensions", "hooks")
_WITH_OWN_KEYS = ("theme", "validation")


@check
def course_has_settings(course: Course) -> Iterator[Finding]:
    """A course has the file `mkdocs.yml`, which lists the plugin `trackbook`.

    Every command that renders a page reads it, and without the plugin the host would make another site.
    """
    settings = course.settings
    if settings.unread:
        return
    if not settings.files:
        hint = "`trackbook new course DIR` writes one that you can copy"
        yield Finding(Source(SETTINGS), f"the course has no {SETTINGS}.", hint)
    elif not settings.has_plugin("trackbook"):
        message = f"{SETTINGS} lists no plugin `trackbook`."
        yield Finding(settings.locate("plugins"), message, "add it under `plugins:`")


@check
def theme_is_material(course: Course) -> Iterator[Finding]:
    """The theme is Material, with or without templates of the author's own.

    Trackbook's pages are made with its sheet for text and its icons: under another theme they would be bare, or none.
    """
    settings = course.settings
    if settings.files and not settings.unread and settings.theme != "material":
        message = f'the theme is "{settings.theme}".' if settings.theme else "no theme is named."
        place = settings.locate("theme", "name")
        yield Finding(place, message, "write `theme: {name: material}`; a `custom_dir:` can stay beside it")


@check
def setting_is_known(course: Course) -> Iterator[Finding]:
    """Each setting has a name that is known, and holds what belongs there.

    A misspelt setting is a wish that nobody grants.
    """
    known, settings = load_known(), course.settings
    for entry in settings.entries.values():
        about = known.find(entry.name)
        yield from _find_unusable(entry)
        if about and all(isinstance(key, str) for key in entry.keys):
            yield from _find_misfit(entry, about)
        elif len(entry.keys) == 1 or (len(entry.keys) == 2 and entry.keys[0] in _WITH_OWN_KEYS):
            close = known.suggest(entry.name)
            if close or entry.keys[0] != "theme" or not settings.find("theme", "custom_dir"):
                hint = close or "remove it; what templates of your own read stands under `extra:`"
                yield Finding(entry.source, f'"{entry.name}" is no setting.', hint)
    for part in (part for entry in settings.nav for part in entry.list_all()):
        if not part.path and not part.entries:
            name = f'"{part.title}"' if part.title else "an entry"
            hint = "write `Title: page.md`, or a list of pages below the title"
            yield Finding(part.source, f'{name} of "nav" leads nowhere.', hint)


def _find_unusable(entry: Setting) -> Iterator[Finding]:
    """What no part of a build can take: an entry of a list that holds nothing, a sign that no file can have."""
    if isinstance(entry.value, str) and "\0" in entry.value:
        yield Finding(entry.source, f'"{entry.name}" has a NUL in it.', "write it without")
    if entry.keys[0] in _LISTS and entry.value == {} and len(entry.keys) == 2 and isinstance(entry.keys[1], int):
        yield Finding(
            entry.source, f'an entry of "{entry.keys[0]}" holds nothing.', "write its name, or remove the line"
        )


def _find_misfit(entry: Setting, about: Known) -> Iterator[Finding]:
    if not about.holds or entry.value is None or (about.but is not None and entry.value == about.but):
        return
    kind, wanted, hint = _HOLDS[about.holds]
    if not isinstance(entry.value, kind):
        yield Finding(entry.source, f'"{entry.name}" is {describe(entry.value)}, where {wanted} belongs.', hint)


@check
def setting_can_be_followed(course: Course) -> Iterator[Finding]:
    """No setting asks for what a course can't have.

    The site would be another one than the settings say, and nobody would notice before it is public.
    """
    for entry, about in _list_known(course.settings):
        wrong_kind = about.holds and not isinstance(entry.value, _HOLDS[about.holds][0])
        if about.fate == "refused" and entry.value not in (None, about.but) and not wrong_kind:
            message = f'"{_describe(entry)}" isn\'t possible here: {about.says}.'
            yield Finding(entry.source, message, about.hint)


@advice
def setting_does_something(course: Course) -> Iterator[Finding]:
    """Each setting does something on the site.

    What stays behind from another site promises what learners never see.
    """
    known = load_known()
    for entry, about in _list_known(course.settings):
        usual = course.language if about.but == "language" else about.but
        if about.fate == "unneeded" and entry.value not in (None, usual):
            yield Finding(entry.source, f'"{entry.name}" does nothing here: {about.says}.', about.hint)
    for entry in course.settings.list_below("extra"):
        if entry.name not in known.settings and (close := known.suggest(entry.name)):
            message = f'"{entry.name}" is read by nobody but templates of your own.'
            yield Finding(entry.source, message, close)


@check
def plugin_can_work(course: Course) -> Iterator[Finding]:
    """Each plugin of `mkdocs.yml` is installed, and works with a course.

    A build would end in its middle, or publish less than it says.
    """
    known = load_known().plugins
    for plugin in course.settings.plugins:
        about = known.get(plugin.name.removeprefix("material/"))
        if not plugin.is_on or plugin.name == "trackbook":
            continue
        if about and about.fate == "refused":
            yield Finding(plugin.source, f'the plugin "{plugin.name}" can\'t work here: {about.says}.', about.hint)
        elif ("plugins", plugin.name) in course.settings.absent and not (about and about.fate == "unneeded"):
            hint = suggest(plugin.name, known) if not about else ""
            message = f'the plugin "{plugin.name}" is not installed.'
            yield Finding(plugin.source, message, hint or "install the package that brings it, or remove the line")


@advice
def plugin_is_needed(course: Course) -> Iterator[Finding]:
    """No plugin does what the site does by itself.

    `trackbook build` leaves it out; `mkdocs build` would run it, and publish what no page uses.
    """
    for plugin in course.settings.plugins:
        about = load_known().plugins.get(plugin.name.removeprefix("material/"))
        if about and about.fate == "unneeded" and plugin.is_on:
            yield Finding(plugin.source, f'the plugin "{plugin.name}" does nothing here: {about.says}.', about.hint)


@check
def named_file_is_there(course: Course) -> Iterator[Finding]:
    """Files, folders and icons that `mkdocs.yml` names are there.

    A style that is missing is missing on every page.
    """
    settings = course.settings
    icons = {entry.keys for entry in list_icons(settings)}
    files = {entry.keys: read_path(entry) for entry in list_site_files(settings)}
    for keys in sorted(settings.absent - {("plugins", plugin.name) for plugin in settings.plugins}, key=repr):
        name = files.get(keys) or str(settings.find(*keys))
        if keys in icons:
            hint = "write the name of one of Material's icons, such as material/school"
            yield Finding(settings.locate(*keys), f'there is no icon "{name}".', hint)
        else:
            yield Finding(settings.locate(*keys), f'"{name}" is not there.', _find_hint(course, keys, name, files))


def _find_hint(course: Course, keys: Keys, name: str, files: dict[Keys, str]) -> str:
    if keys not in files:
        return "correct the path, which begins at the course's folder, or remove the line"
    known = {path.removeprefix("docs/") for path in course.files if path.startswith("docs/")}
    path = posixpath.normpath(name).lstrip("/")
    if path.startswith(".."):
        return "put a copy into docs/, and name that"
    return suggest(path, known) or f"put it into docs/: docs/{path}"


@check
def file_is_of_this_site(course: Course) -> Iterator[Finding]:
    """Styles, scripts and pictures that `mkdocs.yml` names are files of the course.

    A page asks no other host for anything: the other host would learn who reads what, and the page's policy forbids it.
    """
    for entry in list_site_files(course.settings):
        if is_remote(path := read_path(entry)):
            yield Finding(entry.source, f'"{path}" is a file of another host.', "put a copy into docs/, and name that")


@check
def address_in_settings_is_whole(course: Course) -> Iterator[Finding]:
    """Addresses in `mkdocs.yml` are whole, and a link at the foot of the page has an icon and an address.

    Half an address leads from each page to another place, and nowhere from most.
    """
    settings = course.settings
    for name in ("site_url", "repo_url"):
        if (address := settings.find_text(name)) and (trouble := find_trouble(address)):
            message = f'"{name}" is "{_shorten(address)}", {trouble[0]}.'
            yield Finding(settings.locate(name), message, trouble[1])
    if "?" in (address := settings.find_text("site_url")) or "#" in address:
        message = f'"site_url" is "{_shorten(address)}", and the addresses of pages can\'t go on behind "?" or "#".'
        yield Finding(settings.locate("site_url"), message, "end it with the folder of the site")
    if (
        settings.find_text("edit_uri")
        and not settings.find("repo_url")
        and not is_remote(settings.find_text("edit_uri"))
    ):
        hint = "add `repo_url: https://…`, or write the whole address"
        yield Finding(settings.locate("edit_uri"), '"edit_uri" begins at no repository.', hint)
    report = settings.find_text("extra", "report").strip()
    if report and not (report.startswith(("https://", "http://")) or "@" in report):
        message = f'"extra.report" is "{_shorten(report)}", which is neither an e-mail address nor that of a form.'
        yield Finding(settings.locate("extra", "report"), message, "write it as in ada@example.org or https://…")
    for entry in settings.list_below("extra", "social"):
        lacking = [name for name in ("icon", "link") if not settings.find_text(*entry.keys, name)]
        for name in lacking:
            yield Finding(entry.source, f'a link under "extra.social" lacks "{name}".', f"add `{name}: …`")


def find_trouble(address: str) -> tuple[str, str] | None:
    """Why it is no address of a site, and what to do; None where it is one."""
    if not address.startswith(("http://", "https://")):
        return "which is no whole address", "begin it with https://"
    if len(address.split()) != 1 or address.strip() != address:
        return "which has a blank in it", "leave out the blank"
    try:
        parts = urlsplit(address)
        told = parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:  # a port or an address in brackets that is none
        told = False
    if not told:
        return "which names no host, or no port from 1 to 65535", "write it as in https://example.org/course/"
    if "@" in parts.netloc:
        return "which tells a name or a password to whoever reads the site", "leave out what stands before the @"
    return None


def _shorten(address: str) -> str:
    return address if len(address) < _LONGEST else f"{address[:_LONGEST]}…"


def _list_known(settings: SiteSettings) -> Iterator[tuple[Setting, Known]]:
    for entry in settings.entries.values():
        if all(isinstance(key, str) for key in entry.keys) and (about := load_known().find(entry.name)):
            yield entry, about


def _describe(entry: Setting) -> str:
    """The setting as it stands there, as far as that is short."""
    value = entry.value
    return (
        f"{entry.name}: {str(value).lower() if isinstance(value, bool) else value}" if _is_short(value) else entry.name
    )


def _is_short(value: object) -> bool:
    return isinstance(value, bool | int) or (isinstance(value, str) and len(value) < 40 and "\n" not in value)
