"""Cards: what one asks comes back in one piece."""

import re
from collections.abc import Iterator

from trackbook.checks.check import Settings, page_advice
from trackbook.checks.once import quote
from trackbook.language.prose import list_sentences
from trackbook.model import Finding, Page, Passage
from trackbook.widgets import flashcards

_NO_PROSE = re.compile(r"(```|~~~|\$\$).*?(?:\1|\Z)|`[^`\n]+`", re.DOTALL)
_ENDS = re.compile(r"[?؟](?=\s|$)|？")
_AND_ASKS = re.compile(
    r"\band ((?:(?:at|by|for|from|in|of|on|to|with) )?(?:what|which|who|whom|whose|where|when|why|how)\b.*)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\S", re.MULTILINE)
_LABEL = re.compile(r"[*_]*+(?:[\w-]++ ){0,2}[\w-]++[*_]*+:[*_]*+\s")


@page_advice
def card_holds_one_thing(page: Page, settings: Settings) -> Iterator[Finding]:
    """A card asks one question, and its answer is no list.

    Who knows one half of an answer and not the other can't say how well it went, and comes to see both too often or too
    seldom. Told are two questions in one ("…, and why?", in English only), and an answer whose items or sentences
    stand for one thing each: a list, "Waiting: … Fading: …", "Without data, … Without time, … Without depth, …".
    """
    for fence in page.fences:
        if isinstance(fence.data, flashcards.Data):
            places = {item.id: item.source for item in reversed(fence.items)}
            for card in fence.data.cards:
                front = " ".join(card.front.split())
                if rest := _find_second_question(front, settings.language):
                    hint = f'ask "{quote(rest)}" on a card of its own'
                    yield Finding(places[card.id], f'the card "{quote(front)}" asks two things.', hint)
                elif count := _count_things(card.back):
                    message = f'the answer of the card "{quote(front)}" is a list of {count}.'
                    yield Finding(places[card.id], message, "make a card of each, or ask for what they have in common")


def _find_second_question(front: str, language: str) -> str:
    """What a front asks beside its first question."""
    front = _NO_PROSE.sub("…", front)
    ends = [end.end() for end in _ENDS.finditer(front)]
    if len(ends) > 1:
        return front[ends[0] :].strip()
    asks = _AND_ASKS.search(front) if language == "en" else None
    return asks[1] if asks and "between" not in front[: asks.start()] else ""


def _count_things(back: str) -> int:
    """How many things an answer lists, if it does."""
    back = _NO_PROSE.sub("…", back)
    if (items := len(_ITEM.findall(back))) > 1:
        return items
    sentences = [sentence.text for sentence in list_sentences(Passage("paragraph", back, 1))]
    if len(sentences) > 1 and all(map(_LABEL.match, sentences)):
        return len(sentences)
    words = {sentence.partition(" ")[0].casefold() for sentence in sentences}
    return len(sentences) if len(sentences) > 2 and len(words) == 1 and words != {"…"} else 0
