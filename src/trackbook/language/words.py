"""The words that the site itself says, one YAML file a language: everything a reader sees that no author wrote."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import yaml
from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from trackbook.issue import CourseError, suggest
from trackbook.model import Direction

FOLDER = Path(__file__).parent / "texts"


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
        return self.find(key, count).format_map({"count": count, **values})

    def say_html(self, key: str, /, count: int | None = None, **values: object) -> Markup:
        """The same as HTML: a value that is no HTML itself is escaped. This is the `say` of all templates."""
        if count is not None or values:
            return Markup(escape(self.find(key, count))).format_map({"count": count, **values})
        if key not in self._said:
            self._said[key] = Markup(escape(self.find(key))).format_map({"count": None})
        return self._said[key]

    def say_minutes(self, minutes: int) -> str:
        """A time as text, such as "1 h 35 min"."""
        hours, rest = divmod(minutes, 60)
        parts = [self.say("time.hours", hours)] if hours else []
        parts += [self.say("time.minutes", rest)] if rest or not hours else []
        return " ".join(parts)

    def say_date(self, day: date) -> str:
        """A day as the language writes it, such as "25 November 2026"."""
        return format_date(day, "long", locale=self.locale)

    def say_number(self, number: float) -> str:
        """A number as the language writes it, with all of its digits, such as "1,024" or "0.125"."""
        return format_decimal(number, locale=self.locale, decimal_quantization=False)

    def join(self, names: Sequence[str]) -> str:
        """Names as prose lists them, such as "A and B"."""
        return format_list(list(names), locale=self.locale)

    def with_texts(self, texts: Mapping[str, str]) -> "Language":
        """The same with more to say."""
        return replace(self, texts={**self.texts, **texts}) if texts else self

    @cached_property
    def locale(self) -> Locale:
        return Locale.parse(self.code.partition("-")[0])

    @cached_property
    def _said(self) -> dict[str, Markup]:
        """What `say_html` made of the texts that take no values."""
        return {}

    def name_with_country(self) -> str:
        """The code with a country, such as `en_US`: the one it names, else the likeliest that CLDR knows."""
        named = Locale.parse(self.code, sep="-")
        likely = get_global("likely_subtags").get(named.language, "").rpartition("_")[2]
        return "_".join(filter(None, [named.language, named.territory or likely]))

    def list_script_texts(self, elements: Iterable[str]) -> dict[str, str]:
        """What scripts say on a page: the texts under `script`, and those of its custom elements under `elements`.

        Elements are named without their `tb-`; keys come without their first word.
        """
        groups = ("script.", *(f"elements.{name}." for name in elements))
        return {key.partition(".")[2]: text for key, text in self.texts.items() if key.startswith(groups)}

    def find(self, key: str, count: int | None = None) -> str:
        """The text of `key` with its fields still open, in the form that `count` asks for."""
        if count is None:
            return self.texts[key]
        form = self.locale.plural_form(count)
        return self.texts.get(f"{key}.{form}") or self.texts.get(f"{key}.other") or self.texts[key]


def list_languages() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


def find_language(code: str) -> str | None:
    """The name of the file with the words of this language: for `de-AT` it is `de`."""
    known = list_languages()
    return next((name for name in (code, code.partition("-")[0].lower()) if name in known), None)


def find_named(name: str) -> str | None:
    """The code of the language that is called so, in its own words or in English: of "Deutsch" it is `de`."""
    locales = [Locale.parse(code) for code in list_languages()]
    called = [(locale.language, (locale.language_name, locale.english_name)) for locale in locales]
    return next((code for code, names in called if name.capitalize() in names), None)


@cache
def load_language(code: str) -> Language:
    """The language with this code, or that of its first part. Raises CourseError for others."""
    name = find_language(code)
    if name is None:
        known = list_languages()
        hint = suggest(code, known) or f"There is {', '.join(known)}."
        raise CourseError(f'the site has no words in the language "{code}". {hint}')
    content = yaml.load((FOLDER / f"{name}.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    direction: Direction = content.pop("direction")
    return Language(code, direction, dict(flatten(content)))


def choose_words(words: Mapping[str, Mapping[str, str]], code: str) -> Mapping[str, str]:
    """The texts of a language, of those by code; English ones stand in for what it lacks."""
    return {**words.get("en", {}), **words.get(code.partition("-")[0].lower(), {}), **words.get(code, {})}


def flatten(texts: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in texts.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
