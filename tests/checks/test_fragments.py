"""Every fragment that a page could not be published with is told by `trackbook check` at its line."""

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from tests.conftest import Change
from tests.hostile_fields import FRAGMENTS, fill

from trackbook.cli import main


def test_each_fragment_is_told_at_its_line(make_course: Callable[[Change], Path]) -> None:
    told = [fragment for group, fragments in FRAGMENTS.items() if group != "harmless" for fragment in fragments]
    pages = {f"docs/hostile-{at:03}.md": f"# Page\n\nText.\n\n{fill(each, at)}\n" for at, each in enumerate(told)}
    said = CliRunner().invoke(main, ["check", "--course", str(make_course(pages))]).output
    missed = [text for page, text in pages.items() if not any(f"{page}:{line}: " in said for line in range(5, 9))]
    assert "\n".join(missed) == ""
