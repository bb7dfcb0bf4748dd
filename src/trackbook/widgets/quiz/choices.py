"""Choices: each with its reason, one right or, where several may be, at least one."""

from collections.abc import Iterable, Sequence

from trackbook.widgets.data import Part, Text, tell


class Choice(Part):
    text: Text
    why: Text
    right: bool = False


def check_choices(choices: list[Choice]) -> list[Choice]:
    check_count(len(choices), "choice", 10)
    check_distinct((choice.text for choice in choices), "choice")
    return choices


def check_right(right: Sequence[bool], noun: str, multiple: bool) -> None:
    """One is right, or with `multiple` at least one."""
    count = sum(right)
    if count == 0:
        raise tell(f"no {noun} is right", "add `right: true` to the right one")
    if count > 1 and not multiple:
        raise tell(
            f"{count} {noun}s are right, where one can be picked", "keep one `right: true`, or add `multiple: true`"
        )


def check_count(count: int, noun: str, most: int) -> None:
    """There are two at least, so that there is something to decide, and not too many for one look."""
    if count < 2:
        raise tell(f"{'one ' + noun if count else f'no {noun}s'}, where two are the least", f"add another {noun}")
    if count > most:
        raise tell(f"{count} {noun}s, where {most} are the most", "split the question in two")


def check_distinct(texts: Iterable[str], noun: str) -> None:
    """No two are the same but for spaces: nobody could tell which of them is meant."""
    seen: set[str] = set()
    for text in texts:
        plain = " ".join(text.split())
        if plain in seen:
            raise tell(f'the {noun} "{plain}" is there twice', "reword one, or remove it")
        seen.add(plain)
