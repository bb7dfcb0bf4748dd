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
_PLAIN = "issues/new?title={title}&body={text}"
_FORMS = {
    "github": _PLAIN,
    "gitlab": "-/issues/new?issue%5Btitle%5D={title}&issue%5Bdescription%5D={text}",
    **dict.fromkeys(("codeberg", "forgejo", "gitea"), _PLAIN),
}
"""The form for a new issue below a repository, by a word in its host's name."""
_MAIL = "mailto:{}?subject={{title}}&body={{text}}"


def view_identity(course: Course) -> View:
    """For the theme: `name`, `author`, `logo` or `logo_icon`, `favicon`, `report`, and `links`.

    Each link has an `icon`, a `url` and a `name`.
    """
    settings = course.settings
    return {
        "name": course.title,
        "author": settings.find_text("site_author"),
        "logo": settings.find_text("theme", "logo"),
        "logo_icon": settings.find_text("theme", "icon", "logo"),
        "favicon": settings.find_text("theme", "favicon"),
        "report": find_report(settings),
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


def find_report(settings: SiteSettings) -> str:
    """Where a learner reports a mistake, with `{title}` and `{text}` in the places of what is told; empty for nowhere.

    That is the address that the course names, else the form for new issues of its repository's host.
    """
    told = settings.find_text("extra", "report").strip()
    if told.startswith(("https://", "http://", "mailto:")):
        return told
    if told:
        return _MAIL.format(quote(told, safe="@+")) if "@" in told else ""
    repository = settings.find_text("repo_url")
    host = (urlsplit(repository).hostname or "").split(".")
    form = next((form for name, form in _FORMS.items() if name in host), "")
    return f"{repository.rstrip('/').removesuffix('.git')}/{form}" if form else ""


def find_edit_url(settings: SiteSettings, path: str) -> str:
    """Where the file at a path of the course can be edited; empty where no setting says so.

    `edit_uri` may end with `docs/`, as MkDocs wants it: lessons stand beside that folder.
    """
    edit = settings.find_text("edit_uri")
    if not edit:
        return ""
    base = urljoin(settings.find_text("repo_url").rstrip("/") + "/", edit)
    return f"{base.removesuffix('/').removesuffix('/docs').rstrip('/')}/{quote(path)}"
