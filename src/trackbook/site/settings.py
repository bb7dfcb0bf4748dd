"""The settings of a site, before a host takes them up."""

from pathlib import Path

from trackbook.checks import check_settings
from trackbook.issue import CourseError, format_text
from trackbook.model import SETTINGS, Course, SiteSettings
from trackbook.reading.known_settings import load_known
from trackbook.reading.sources import Sources


def hold_settings(root: Path) -> SiteSettings:
    """What `mkdocs.yml` says. Raises CourseError, in the words of `trackbook check`, when no site can be made by it."""
    sources = Sources(root)
    if not sources.settings.files:
        raise CourseError(f"there is no {SETTINGS} in {root}: `trackbook new course DIR` makes a course with one")
    inventory = sources.list()
    issues = check_settings(Course(settings=sources.settings, files=inventory.files, findings=inventory.findings))
    told = [" ".join(format_text(issue).split()) for issue in issues if issue.level == "error"]
    if told:
        raise CourseError("; ".join(told))
    return sources.settings


def is_needed(plugin: str) -> bool:
    """Whether a plugin does something that the site does not do by itself."""
    about = load_known().plugins.get(plugin.removeprefix("material/"))
    return about is None or about.fate != "unneeded"
