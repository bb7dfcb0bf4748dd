"""With the network off a kept track opens whole, and a new version is taken up at the next visit with it on."""

import re
import subprocess
import sys
from collections.abc import Mapping

from tests.browser.gates.site import BuiltSite, Result

TESTS = "tests/browser/test_offline.py"
ASKED = "kept_track or widget_answers or new_version or broken_answers"


def measure(_site: BuiltSite, _pages: Mapping[str, str]) -> Result:
    """Runs the tests that hold it: they build and change a site of their own."""
    command = [sys.executable, "-m", "pytest", TESTS, "-k", ASKED, "--quiet", "--no-header", "--tb=no"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    failed = re.findall(r"^(?:FAILED|ERROR) \S+::(.+)$", done.stdout, re.MULTILINE)
    if done.returncode and not failed:
        failed = [(done.stdout or done.stderr).strip()]
    count = re.search(r"(\d+) passed", done.stdout)
    return Result(f"{count[1] if count else 0} tests pass", failed)
