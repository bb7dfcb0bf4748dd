"""Measures every gate on the built site and prints the table: `scripts/audit [GATE …]`."""

import sys
from pathlib import Path
from subprocess import CalledProcessError

from playwright.sync_api import Error, sync_playwright
from tests.browser.gates.gate import GATES
from tests.browser.gates.host import serve_site
from tests.browser.gates.pages import PAGES
from tests.browser.gates.site import BuiltSite, Result

from trackbook.built_site.printing import find_chromium

ROW = "{:<16}{:<36}{:<60}{}"


def main(names: list[str]) -> int:
    unknown = set(names) - set(GATES)
    if unknown:
        print(f"There is no gate {', '.join(sorted(unknown))}. There are {', '.join(GATES)}.", file=sys.stderr)
        return 2
    folder = Path("site").resolve()
    print(ROW.format("Gate", "Limit", "Measured", "Held?"))
    told: list[str] = []
    with sync_playwright() as playwright, serve_site(folder) as address:
        path = find_chromium(playwright.chromium)
        with playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]) as browser:
            site = BuiltSite(folder, address, browser)
            for name in names or [name for name, gate in GATES.items() if not gate.only_asked]:
                result = measure_gate(name, site)
                held = "BREACHED" if result.breaches else "held"
                print(ROW.format(name, GATES[name].limit, result.figure, held), flush=True)
                if result.breaches:
                    told.append("\n".join([name, *(f"  {breach}" for breach in result.breaches)]))
    print("\n" + "\n\n".join(told) if told else "\nEvery gate is held.")
    return 1 if told else 0


def measure_gate(name: str, site: BuiltSite) -> Result:
    try:
        return GATES[name].measure(site, PAGES)
    except (AssertionError, Error, CalledProcessError) as error:
        return Result("could not be measured", [str(error)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
