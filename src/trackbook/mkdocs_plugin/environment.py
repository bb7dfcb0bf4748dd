"""The environment of a site's templates: it has what ours use, and says where an author's own is wrong."""

import re
from pathlib import Path
from traceback import walk_tb
from typing import NoReturn

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from trackbook.language import Language
from trackbook.mkdocs_plugin.shared import Shared
from trackbook.templating import QuickEnvironment

_ELEMENT = re.compile(r"<tb-([a-z-]+)")


def make_environment(config: MkDocsConfig, language: Language) -> Environment:
    environment = config.theme.get_env()
    equip(environment, config, language)
    return environment


def equip(environment: Environment, config: MkDocsConfig, language: Language) -> None:
    """Give an environment of the host what our templates use."""
    if type(environment) is Environment:
        environment.__class__ = _SiteEnvironment
        environment.extend(own=config.theme.custom_dir, root=Path(config.config_file_path or "").parent)
    environment.globals["script_texts"] = ScriptTexts(language)
    environment.globals["say"] = language.say_html
    environment.globals["shared"] = Shared(for_each=True)


class ScriptTexts:
    """What scripts say on a page with this HTML, as JSON."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._written: dict[frozenset[str], Markup] = {}

    def __call__(self, html: str) -> Markup:
        elements = frozenset(_ELEMENT.findall(html))
        if elements not in self._written:
            self._written[elements] = htmlsafe_json_dumps(self._language.list_script_texts(elements), sort_keys=True)
        return self._written[elements]


class _SiteEnvironment(QuickEnvironment):
    own: str | None
    """The folder of the author's templates."""
    root: Path
    """The course's folder."""

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """Jinja's way to raise what went wrong in a template. Raises PluginError for one of the author's."""
        try:
            super().handle_exception(source)
        except PluginError:  # a template that another one asked for has said it
            raise
        except Exception as error:
            place = self._find_place(error)
            if place is None:
                raise
            raise PluginError(f"{place}: {_describe(error)}. Mend the template, or take it away.") from None

    def _find_place(self, error: Exception) -> str | None:
        """The line of the author's templates that came last to where the error was."""
        frames = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__)]
        own = [(path, line) for path, line in frames if self.own and path.is_relative_to(self.own)]
        if not own:
            return None
        path, line = own[-1]
        return f"{path.relative_to(self.root) if path.is_relative_to(self.root) else path}:{line}"


def _describe(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f'there is no template "{error.name}"'
    said = str(error.message if isinstance(error, TemplateSyntaxError) else error).rstrip(".")
    return said or type(error).__name__
