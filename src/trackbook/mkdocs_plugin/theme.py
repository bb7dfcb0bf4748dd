"""The theme as MkDocs has it: its files, and the environment of its templates."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

from jinja2 import Environment, FileSystemLoader, TemplateNotFound, TemplateSyntaxError
from mkdocs import localization
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

from trackbook.mkdocs_plugin.config import find_root
from trackbook.site.host import OtherPagesError
from trackbook.site.theme import find_theme, is_published
from trackbook.templating import QuickEnvironment, find_place


def add_theme(config: MkDocsConfig) -> None:
    """Put our templates after those of the author, and before all others."""
    theme = config.theme
    if str(find_theme()) not in theme.dirs:
        theme.dirs.insert(
            theme.dirs.index(theme.custom_dir) + 1 if theme.custom_dir in theme.dirs else 0, str(find_theme())
        )
    if not config.site_url:
        theme.static_templates.discard("sitemap.xml")


def list_theme_files(config: MkDocsConfig) -> Mapping[str, Path]:
    """The files of all themes in use that pages may load, by their paths in the site."""
    files = Files([])
    files.add_files_from_theme(Environment(loader=_Shown(config.theme.dirs)), config)
    return {file.dest_uri: Path(str(file.abs_src_path)) for file in files if is_published(file.src_uri)}


class _Shown(FileSystemLoader):
    """Does not look into hidden folders, of which MkDocs takes nothing: Material has thousands of icons there."""

    def list_templates(self) -> list[str]:
        return sorted({name for folder in self.searchpath for name in _list_shown(Path(folder))})


def _list_shown(root: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from ((Path(folder) / name).relative_to(root).as_posix() for name in names)


class SiteEnvironment(QuickEnvironment):
    """MkDocs' environment, which also says where an author's own template is wrong."""

    def __init__(self, config: MkDocsConfig, like: Environment) -> None:
        super().__init__(loader=like.loader, auto_reload=False)
        localization.install_translations(self, config.theme.locale, config.theme.dirs)
        self.filters |= like.filters
        self.globals |= like.globals
        self.tests |= like.tests
        self._own, self._root = config.theme.custom_dir, find_root(config)

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """Jinja's way to raise what went wrong in a template. Raises PluginError for one of the author's."""
        try:
            super().handle_exception(source)
        except (PluginError, OtherPagesError):  # a template that another one asked for has said it
            raise
        except Exception as error:
            place = find_place(error, Path(self._own), self._root) if self._own else None
            if place is None:
                raise
            raise PluginError(f"{place}: {_describe(error)}. Mend the template, or take it away.") from None


def _describe(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f'there is no template "{error.name}"'
    said = str(error.message if isinstance(error, TemplateSyntaxError) else error).rstrip(".")
    return said or type(error).__name__
