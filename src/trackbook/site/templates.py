"""Templates that pages of docs/ ask for by `template:` in their front matter."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from trackbook.issue import Issue, suggest
from trackbook.model import Course, Page
from trackbook.reading.files import read_text
from trackbook.reading.front_matter import split_front_matter
from trackbook.reading.yaml import read_yaml
from trackbook.site.host import Host


def find_lost_templates(course: Course, host: Host) -> Iterator[Issue]:
    """An issue for each page whose template the host has not. Checks can't know it: they see no theme."""
    return (issue for page in course.plain if (issue := find_lost_template(page, host)))


def find_lost_template(page: Page, host: Host) -> Issue | None:
    name = page.meta.get("template")
    if not name or has_template(str(name), host.theme_dirs):
        return None
    text, _ = read_text(host.root, page.path)
    source = read_yaml(split_front_matter(text, page.path)[0], page.path, 2)[0].locate(("template",))
    known = {path.name for folder in host.theme_dirs for path in folder.glob("*.html")}
    hint = suggest(str(name), known) or "write it in the folder of `custom_dir:` in mkdocs.yml, or drop the line"
    return Issue("front-matter-fits", source, f'there is no template "{name}".', hint)


def has_template(name: str, folders: list[Path]) -> bool:
    """Whether a template of this name is in one of the folders."""
    return ".." not in PurePosixPath(name).parts and any((folder / name).is_file() for folder in folders)
