"""Announcements: what a text says will come, it leads to."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from trackbook.checks.check import Settings, page_advice
from trackbook.markdown import blank_all_but_prose
from trackbook.model import Finding, Page, Source

_GAP = r"[ \t]*\s[ \t]*"
PHRASES: Mapping[str, tuple[str, ...]] = {
    "en": (
        r"(?:in|to|until|under) Track \d+",
        r"(?:next|later|coming|upcoming) (?:lesson|module|phase|track)s?",
        r"as (?:we|you)(?: will|['’]ll| shall) (?:see|learn|find|meet)",
        r"(?:we|you|I)(?: will|['’]ll| shall) (?:come back|return|turn) to",
        r"will be (?:explained|shown|taught|covered|discussed|treated|defined|introduced)",
        r"(?:come|see|meet|learn|return|more|explained|shown|taught|covered)(?: \w+){0,3} later(?= in this|[.,;:)])",
        r"later (?:on|in this (?:course|track|lesson|module))",
        r"later,? (?:we|you)(?: will|['’]ll| shall)",
    )
}
"""By language, what announces something: regular expressions in which a space is any gap. Other languages have none."""
SIGNS = {"en": ("track", "next", "later", "coming", "will", "'ll", "’ll", "shall")}
"""One of these stands, in small letters, in whatever a phrase of the language matches."""
_EDGE = re.compile(r"\n[ \t]*(?=\n|[-*+] |\d+[.)] )")


@page_advice
def announcement_is_a_link(page: Page, settings: Settings) -> Iterator[Finding]:
    """Text that announces ("in Track 5", "the next lesson", "as we will see", "later on") links to what it announces.

    Who reads "later" wants to know where, now or in a month; and what no link holds to its word is easily forgotten.
    A link into the course anywhere in the paragraph or list item will do. English texts only.
    """
    if settings.language in PHRASES and page.kind != "plain" and _may_announce(page.text, settings.language):
        phrase = _compile_phrases(settings.language)
        bare = _find_bare(page, page.text, phrase)  # quicker than to find out first what is prose
        yield from _find_bare(page, page.prose or blank_all_but_prose(page.text), phrase) if any(bare) else ()


def _may_announce(text: str, language: str) -> bool:
    """Whether a paragraph announces something: one without any of the signs takes no closer look."""
    phrase = _compile_phrases(language)
    paragraphs = (part for part in text.split("\n\n") if any(map(part.lower().__contains__, SIGNS[language])))
    return any(map(phrase.search, paragraphs))


@cache
def _compile_phrases(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(PHRASES[language]).replace(' ', _GAP)})\b", re.I)


def _find_bare(page: Page, text: str, phrase: re.Pattern[str]) -> Iterator[Finding]:
    links = [link.span[0] for link in page.links if link.span and not link.image and not link.is_external]
    told = -1
    for said in phrase.finditer(text):
        start = max((edge.end() for edge in _EDGE.finditer(page.text, 0, said.start())), default=0)
        after = _EDGE.search(page.text, said.end())
        end = after.start() if after else len(page.text)
        if start > told and not any(start <= link < end for link in links):
            told = start
            line = page.first_line + page.text.count("\n", 0, said.start())
            message = f'"{" ".join(said[0].split())}" announces something, and no link leads there.'
            yield Finding(Source(page.path, line), message, "link to where it is, or leave it out")
