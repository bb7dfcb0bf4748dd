"""Inline Markdown with its detours left out: only patterns that can match are tried on a text."""

from collections.abc import Iterable
from typing import cast
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor as Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_PREFIX, AtomicString

from trackbook.mkdocs_plugin.needed_signs import find_needed


class QuickInline(InlineProcessor):
    """Knows of each pattern which signs it needs, and of each text which of them stand there."""

    def take_over(self) -> None:
        """Look at the patterns, which stay the same from now on."""
        self._patterns = [
            (at, one, _find_signs(one)) for at, one in enumerate(cast(Iterable[Pattern], self.inlinePatterns))
        ]
        self._signs = sorted(frozenset[str]().union(*(signs for _, _, signs in self._patterns if signs)))
        self._possible: dict[tuple[str, ...], list[tuple[int, Pattern]]] = {}

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self.stashed_nodes = {}
        return super().run(tree, ancestors) if any(map(self._list_possible, tree.itertext())) else tree

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 (the host's)
        if isinstance(data, AtomicString):
            return data
        for at, pattern in self._list_possible(data):
            matched, start = at >= patternIndex, 0
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, at, start)  # type: ignore[attr-defined]
        return data

    def _InlineProcessor__processPlaceholders(  # noqa: N802 (the host's)
        self,
        data: str | None,
        parent: Element,
        isText: bool = True,  # noqa: N803
    ) -> list[tuple[Element, list[str]]]:
        if data is None or INLINE_PLACEHOLDER_PREFIX in data:
            return super()._InlineProcessor__processPlaceholders(data, parent, isText)  # type: ignore[misc, no-any-return]
        if isText:
            parent.text = parent.text + data if parent.text else data
        else:
            parent.tail = parent.tail + data if parent.tail else data
        return []

    def _list_possible(self, text: str) -> list[tuple[int, Pattern]]:
        met = tuple([sign for sign in self._signs if sign in text])
        if met not in self._possible:
            found = ((at, one) for at, one, signs in self._patterns if signs is None or not signs.isdisjoint(met))
            self._possible[met] = list(found)
        return self._possible[met]


def _find_signs(pattern: Pattern) -> frozenset[str] | None:
    """None also where what is put in the place of a match would bring such a sign."""
    signs = find_needed(pattern.getCompiledRegExp())
    return signs if signs and signs.isdisjoint(INLINE_PLACEHOLDER % "0123456789") else None
