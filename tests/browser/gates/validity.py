"""The W3C's checker finds no error in any page of the site, redirects too."""

import json
import subprocess
from collections.abc import Mapping

from tests.browser.gates.packages import find_package
from tests.browser.gates.site import BuiltSite, Result

# A file has no origin, so that 'self' stops everything here; the gate of the policy looks at that in a browser.
POLICY = "violates Content Security Policy"


def measure(site: BuiltSite, _pages: Mapping[str, str]) -> Result:
    jar = find_package("vnu-jar") / "build/dist/vnu.jar"
    command = ["java", "-jar", str(jar), "--format", "json", "--skip-non-html", "--exit-zero-always", str(site.folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    messages = json.loads(done.stderr)["messages"]
    breaches = [
        f"{message['url'].partition(str(site.folder))[2]}:{message.get('lastLine', 1)}: {message['message']}"
        f" ({' '.join(message.get('extract', '').split())})"
        for message in messages
        if (message["type"] != "info" or message.get("subType") == "warning") and POLICY not in message["message"]
    ]
    pages = sum(1 for _ in site.folder.rglob("*.html"))
    return Result(f"{len(breaches)} in {pages} pages", sorted(breaches))
