"""HTML that many pages of a site have in common."""

import re
from collections.abc import Callable

_LESSON = r'(<li data-module="{}">\s*<a href="[^"]*")(?! aria-current)'


class Shared:
    """Navigation, made once for all pages at one place, and marked for each of them: `shared` in templates.

    Where an author's own templates may show in it what is of one page alone, it is made `for_each`.
    """

    def __init__(self, *, for_each: bool = False) -> None:
        self._for_each = for_each
        self._made: dict[tuple[str, ...], str] = {}

    def __call__(self, *place: str, here: str, module: str, caller: Callable[[], str]) -> str:
        """What `caller` makes; the link to `here` is marked as this page, that of the module's lesson as around it."""
        html = None if self._for_each else self._made.get(place)
        if html is None:
            html = self._made[place] = str(caller())
        html = html.replace(f'href="{here}"', f'href="{here}" aria-current="page"')
        return re.sub(_LESSON.format(re.escape(module)), r'\1 aria-current="true"', html, count=1)
