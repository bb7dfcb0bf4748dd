"""The words that the site itself says, one YAML file a language: everything a reader sees that no author wrote."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from babel import Locale

from trackbook.issue import CourseError, suggest

Direction = Literal["ltr", "rtl"]
_FOLDER = Path(__file__).parent / "languages"
DEFAULT = "en"


@dataclass(frozen=True)
class Language:
    """The texts of one language by their dotted keys, such as `pager.next`."""

    code: str
    direction: Direction
    texts: Mapping[str, str]

    def say(self, key: str, /, count: int | None = None, **values: object) -> str:
        """The text of `key` with its `{fields}` filled in.

        A text with several forms is chosen by `count`, as the plural rules of CLDR have it
        (https://cldr.unicode.org/index/cldr-spec/plural-rules). Raises KeyError for a key that the language lacks.
        """
        text = self.texts.get(f"{key}.{self._form(count)}") or self.texts.get(f"{key}.other") or self.texts[key]
        return text.format_map({"count": count, **values})

    def _form(self, count: int | None) -> str:
        return Locale.parse(self.code.partition("-")[0]).plural_form(0 if count is None else count)

    def list_script_texts(self) -> dict[str, str]:
        """What scripts say: the texts under `script`, keys without that first word."""
        return {key.removeprefix("script."): text for key, text in self.texts.items() if key.startswith("script.")}


def list_languages() -> list[str]:
    return sorted(path.stem for path in _FOLDER.glob("*.yml"))


@cache
def load_language(code: str) -> Language:
    """The language with this code, or that of its first part: `de-AT` is `de`. Raises CourseError for others."""
    known = list_languages()
    name = next((name for name in (code, code.partition("-")[0]) if name in known), None)
    if name is None:
        hint = suggest(code, known) or f"There is {', '.join(known)}."
        raise CourseError(f'the site has no words in the language "{code}". {hint}')
    content = yaml.load((_FOLDER / f"{name}.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    direction: Direction = content.pop("direction")
    return Language(code, direction, dict(_flatten(content)))


def _flatten(texts: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in texts.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
