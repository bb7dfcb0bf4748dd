"""A host (`trackbook.site.host.Host`) of Python-Markdown and Jinja alone."""

import logging
import posixpath
from collections.abc import Collection, Mapping
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

from jinja2 import FileSystemLoader, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from trackbook.cache.digest import fingerprint, hash_parts
from trackbook.plain_host.settings import read_settings
from trackbook.publishing.addresses import address, link
from trackbook.site.host import Frame, PageView
from trackbook.site.templates import has_template
from trackbook.site.theme import equip, find_theme, is_published
from trackbook.templating import QuickEnvironment


class PlainHost:
    """Renders the pages of the course in `root`. Of one that is not `trusted` no code runs."""

    def __init__(self, root: Path, *, trusted: bool = True) -> None:
        self.root, self.trusted, self.settings = root, trusted, read_settings(root, trusted=trusted)
        self.site_dir, self.url = self.settings.site_dir, self.settings.site_url
        self.extensions, self.options = self.settings.extensions, self.settings.options
        self.theme_dirs = [find_theme(), Path(str(files("material"))) / "templates"]
        self.templates: Collection[str] = ["404.html", *(["sitemap.xml"] if self.url else [])]
        self.strict_anchors = logging.WARNING
        templates = [path.read_bytes() for path in sorted(find_theme().rglob("*.html"))]
        self.markdown_digest = hash_parts("plain", fingerprint(), self.settings.digest, str(trusted))
        self.digest = hash_parts(self.markdown_digest, *templates)
        self._environment = QuickEnvironment(loader=FileSystemLoader(self.theme_dirs), auto_reload=False)
        self._environment.filters |= {"url": _relate, "script_tag": _tag_script}
        self._config = SimpleNamespace(**vars(self.settings), extra={})

    def render_page(self, page: PageView, frame: Frame) -> str:
        template = str(page.meta.get("template") or "main.html")
        if not self.trusted and not has_template(template, self.theme_dirs):
            template = "main.html"
        return self._render(template, frame, page=self._describe(page), base_url=link(page.uri, "index.md"))

    def render_template(self, name: str, pages: Collection[PageView], frame: Frame) -> str:
        base = urlsplit(self.url or "/").path if name == "404.html" else ""
        shown = [SimpleNamespace(page=self._describe(page)) for page in pages]
        return self._render(name, frame, pages=shown, page=None, base_url=base)

    @property
    def theme_files(self) -> Mapping[str, Path]:
        """Material's own files are not among them: of these pages show the sheet and the icons."""
        theme = find_theme()
        paths = {path.relative_to(theme).as_posix(): path for path in sorted(theme.rglob("*")) if path.is_file()}
        return {name: path for name, path in paths.items() if is_published(name) and path.suffix != ".html"}

    @property
    def watched(self) -> Collection[Path]:
        return [self.root / "mkdocs.yml", find_theme()]

    def _render(self, template: str, frame: Frame, **context: object) -> str:
        if self._config.extra.get("trackbook") is not frame.extra:
            self._config.extra = {"trackbook": frame.extra}
            self._config.site_name = frame.extra["name"]
            self._config.site_description = self.settings.site_description or frame.extra["summary"]
            equip(self._environment, frame.language, shared=True)
        return self._environment.get_template(template).render(config=self._config, **context)

    def _describe(self, page: PageView) -> SimpleNamespace:
        url = address(page.uri)
        return SimpleNamespace(
            url=url,
            canonical_url=urljoin(self.url, url) if self.url else None,
            title=page.meta.get("title"),
            is_homepage=not url,
            update_date=page.date,
            edit_url=page.edit_url or None,
            meta=page.meta,
            content=page.content,
            toc=[_view_token(token) for token in page.toc],
        )


def _view_token(token: Mapping[str, Any]) -> Mapping[str, Any]:
    """A heading of the page as templates look at it."""
    children = [_view_token(child) for child in token["children"]]
    return {"level": token["level"], "title": token["name"], "url": f"#{token['id']}", "children": children}


@pass_context
def _relate(context: Context, path: str) -> str:
    """An address of the site as the page at hand writes it."""
    parts = urlsplit(str(path))
    if parts.scheme or parts.netloc or path.startswith(("/", "#")):
        return path
    if context["page"] is None:
        return posixpath.join(context["base_url"], path)
    way = posixpath.relpath(path or ".", context["page"].url or ".")
    return f"{way}/" if path.endswith("/") else way


@pass_context
def _tag_script(context: Context, path: str) -> Markup:
    return Markup('<script src="{}"></script>').format(_relate(context, path))
