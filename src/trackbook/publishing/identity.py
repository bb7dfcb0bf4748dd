"""How a site shows whose it is: its name, its pictures, the links at its foot. And where each page can be edited."""

from urllib.parse import quote, urljoin, urlsplit

from trackbook.model import Course, SiteSettings
from trackbook.publishing.views import View

_HOSTS = {
    "github.com": "fontawesome/brands/github",
    "gitlab.com": "fontawesome/brands/gitlab",
    "bitbucket.org": "fontawesome/brands/bitbucket",
    "codeberg.org": "simple/codeberg",
}
_REPOSITORY = "material/source-repository"


def view_identity(course: Course) -> View:
    """For the theme: `name`, `author`, `logo` or `logo_icon`, `favicon`, and `links` with `icon`, `url` and `name`."""
    settings = course.settings
    return {
        "name": course.title,
        "author": settings.find_text("site_author"),
        "logo": settings.find_text("theme", "logo"),
        "logo_icon": settings.find_text("theme", "icon", "logo"),
        "favicon": settings.find_text("theme", "favicon"),
        "links": [*_list_repository(settings), *_list_social(settings)],
    }


def _list_repository(settings: SiteSettings) -> list[View]:
    url = settings.find_text("repo_url")
    if not url:
        return []
    parts = urlsplit(url)
    name = settings.find_text("repo_name") or parts.path.strip("/").removesuffix(".git") or parts.netloc
    icon = settings.find_text("theme", "icon", "repo") or _HOSTS.get(parts.netloc, _REPOSITORY)
    return [{"icon": icon, "url": url, "name": name}]


def _list_social(settings: SiteSettings) -> list[View]:
    links: list[View] = []
    for entry in settings.list_below("extra", "social"):
        icon, url = settings.find_text(*entry.keys, "icon"), settings.find_text(*entry.keys, "link")
        if icon and url:
            name = settings.find_text(*entry.keys, "name") or urlsplit(url).netloc or url.partition(":")[2]
            links.append({"icon": icon, "url": url, "name": name})
    return links


def find_edit_url(settings: SiteSettings, path: str) -> str:
    """Where the file at a path of the course can be edited; empty where no setting says so.

    `edit_uri` may end with `docs/`, as MkDocs wants it: lessons stand beside that folder.
    """
    edit = settings.find_text("edit_uri")
    if not edit:
        return ""
    base = urljoin(settings.find_text("repo_url").rstrip("/") + "/", edit)
    return f"{base.removesuffix('/').removesuffix('/docs').rstrip('/')}/{quote(path)}"
