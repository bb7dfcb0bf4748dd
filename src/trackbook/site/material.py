"""Material's sheet, without the rules for a frame that is not ours: each page has 65 kB less to read."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import tinycss2

from trackbook.cache.digest import fingerprint, hash_parts
from trackbook.cache.store import Store

_OF_TEXTS = {"md-typeset", "md-button", "md-button--primary", "md-icon"}
"""What articles are made of, or an author may write in one. Every other class of Material's is of its frame."""

Node = Any
"""tinycss2 has no types."""


def recall_sheet(theme_dirs: Iterable[Path], store: Store) -> Mapping[str, bytes]:
    """The sheet by its path in the site, which names its content. Its palette stays out: colors are ours."""
    sheets = (sorted((folder / "assets" / "stylesheets").glob("main.*.min.css")) for folder in theme_dirs)
    if not (found := next(filter(None, sheets), None)):
        return {}
    whole = found[0].read_text("utf-8")
    text = store.recall(hash_parts("sheet", fingerprint(), whole), lambda: trim_sheet(whole).encode())
    return {f"assets/material-{hashlib.sha256(text).hexdigest()[:8]}.css": text}


@lru_cache(4)
def trim_sheet(text: str) -> str:
    """The sheet with the selectors that text can match; rules and blocks left without any are gone."""
    return "".join(_trim(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)))


def _trim(rules: Iterable[Node]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            if selectors := [part for part in _split(rule.prelude) if _is_of_texts(part)]:
                written = ",".join(tinycss2.serialize(part) for part in selectors)
                yield f"{written}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports") and rule.content is not None:
            inner = "".join(_trim(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)))
            if inner:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        else:
            yield rule.serialize()


def _split(prelude: Sequence[Node]) -> Iterator[list[Node]]:
    """The selectors of a rule, between its commas. Those inside `:is(…)` lie in a node of their own."""
    part: list[Node] = []
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _is_of_texts(selector: Sequence[Node]) -> bool:
    classes = {
        name.value
        for dot, name in pairwise(selector)
        if dot.type == "literal" and dot.value == "." and name.type == "ident"
    }
    return {name for name in classes if name.startswith("md-")} <= _OF_TEXTS
