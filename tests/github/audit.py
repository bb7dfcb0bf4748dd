"""Compares a folder of Markdown with GitHub's reading of it: `scripts/audit markdown [--without] DIR …`.

`--without` tells how far Python-Markdown is from it by itself.
"""

import sys
from pathlib import Path

from tests.github.comparing import Comparison, compare_page

BLOCKS = 0.001
"""The share of blocks that may differ."""
_SHOWN = 160


def main(words: list[str]) -> int:
    without, folders = "--without" in words, [word for word in words if word != "--without"]
    missing = [folder for folder in folders if not Path(folder).is_dir()]
    if missing or not folders:
        print(f"There is no folder {', '.join(missing)}." if missing else "Name a folder.", file=sys.stderr)
        return 2
    held = True
    for folder in map(Path, folders):
        paths = sorted(path for ending in ("md", "mdx", "markdown") for path in folder.rglob(f"*.{ending}"))
        held = (
            judge({path: compare_page(path.read_text("utf-8", "replace"), without=without) for path in paths}, folder)
            and held
        )
    return 0 if held else 1


def judge(found: dict[Path, Comparison], folder: Path) -> bool:
    """Print where the pages of a folder differ, and whether they may."""
    for path, page in found.items():
        for difference in page.differences:
            print(path)
            for name, blocks in (("GitHub", difference.reference), ("here", difference.ours)):
                for block in blocks:
                    print(f"  {name:<8}{' > '.join([*block.around, block.kind])}: {block.text[:_SHOWN]}")
        for wanted, shown in page.anchors:
            print(f"{path}\n  GitHub  #{wanted}\n  here    #{shown}")
    blocks, headings = (sum(getattr(page, name) for page in found.values()) for name in ("blocks", "headings"))
    differ = sum(difference.size for page in found.values() for difference in page.differences)
    anchors = sum(len(page.anchors) for page in found.values())
    share = differ / blocks if blocks else 0
    held = share <= BLOCKS and not anchors
    print(
        f"{folder}: {len(found)} pages, {differ} of {blocks} blocks differ ({share:.3%}, limit {BLOCKS:.1%}), ", end=""
    )
    print(f"{anchors} of {headings} anchors (limit 0): {'held' if held else 'BREACHED'}")
    return held


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
