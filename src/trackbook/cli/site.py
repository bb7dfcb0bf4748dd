"""What `trackbook check --site` does: the checks of a built site, each issue with the source of its page."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from trackbook.built_site import check_site, read_site
from trackbook.built_site.printing import measure_sheets
from trackbook.cli.course import check_address, read_whole
from trackbook.issue import CourseError, Issue
from trackbook.reading.outline import OUTLINE


def check_built_site(folder: Path, site_url: str, root: Path, *, printed: bool) -> tuple[list[Issue], int]:
    """The issues of the site in the folder, and how many pages it has."""
    if not site_url.startswith("/"):
        check_address(site_url)
    site = read_site(folder, site_url)
    if printed:
        site = replace(site, sheets=measure_sheets(site, folder))
    issues = check_site(site)
    sources = find_sources(root) if issues and folder.resolve().is_relative_to(root) else {}
    return list(_name_places(issues, folder, sources)), len(site.pages)


def find_sources(root: Path) -> Mapping[str, str]:
    """The course's pages by the file of the site that each becomes; none where the course can't be read."""
    from trackbook.publishing.addresses import address, locate_source

    try:
        course = read_whole(root) if (root / OUTLINE).is_file() else None
    except CourseError:
        return {}
    return {f"{address(locate_source(course, path))}index.html": path for path in course.pages} if course else {}


def _name_places(issues: list[Issue], folder: Path, sources: Mapping[str, str]) -> Iterator[Issue]:
    """The issues as one sees them from here: the folder before each path, the source of a page in the hint."""
    for issue in issues:
        place = issue.source._replace(path=(folder / issue.source.path).as_posix())
        source = sources.get(issue.source.path)
        hint = f"{issue.hint} (this page is made from {source})" if source else issue.hint
        yield replace(issue, source=place, hint=hint)
