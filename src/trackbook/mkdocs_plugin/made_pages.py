"""What is known of the pages of a site, kept as a whole: an entry for each would take longer to read."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from trackbook.mkdocs_plugin.markdown_pages import Rendered
from trackbook.mkdocs_plugin.recall import Ask, Asked
from trackbook.store import Store


@dataclass(frozen=True, slots=True)
class MadePage:
    """What is known of a made page. `rendered` comes without its HTML.

    `lost` is what the policy forbids and was taken away, `named` what a browser that keeps the page has to keep beside
    it. `html` names the page as it is published, in the store, and `words` what search is to find of it, if anything;
    `measured` are its SHA-256 and bytes.
    """

    rendered: Rendered
    lost: list[str]
    named: list[str]
    html: str
    words: str | None
    measured: tuple[str, int]


def measure_content(content: bytes) -> tuple[str, int]:
    """SHA-256 and length."""
    return hashlib.sha256(content).hexdigest(), len(content)


Pages = dict[str, tuple[Asked, MadePage]]
"""Pages by their uris, each beside what was asked when it was made."""


def recall_pages(store: Store, key: str, names: Mapping[str, str], ask: Ask) -> Pages:
    """The pages that are kept under a key, as far as they still have their `names` and get the same answers."""
    try:
        known = _DECODER.decode(store.get(key) or b"")
    except msgspec.MsgspecError:
        return {}
    asked = {question for _, questions, _ in known.values() for question in questions}
    answers = {question: ask(question) for question in asked}
    return {
        uri: (questions, made)
        for uri, (name, questions, made) in known.items()
        if name and names.get(uri) == name and all(answers[question] == said for question, said in questions.items())
    }


def keep_pages(store: Store, key: str, names: Mapping[str, str], pages: Pages) -> None:
    """Keep what is known of the pages that have a name."""
    kept = {uri: (name, *pages[uri]) for uri, name in names.items() if name and uri in pages}
    store.put(key, msgspec.msgpack.encode(kept))


_DECODER = msgspec.msgpack.Decoder(dict[str, tuple[str, Asked, MadePage]])
