"""Imported where fresh processes come from: what takes long and hangs on nothing of a course is done once, there.

One build of another course, in another folder, reads the theme's sheets and the widgets' templates.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import SAMPLE
from tests.edits.building import build
from tests.edits.tree import copy_tree

with TemporaryDirectory() as _folder:
    copy_tree(SAMPLE, Path(_folder, "sample"))
    build(Path(_folder, "sample"), {})
