"""What a browser reports while a reader opens the pages and all that opens on them: requests, violations, errors."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Page
from tests.browser.gates.pages import LAPTOP, PHONE
from tests.browser.gates.site import BuiltSite, settle
from tests.browser.gates.states import list_states, open_state

VIOLATIONS = """
window.tbViolations = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
  window.tbViolations.push(`${violatedDirective} stopped ${blockedURI} (${sourceFile}:${lineNumber})`));
"""


@dataclass(frozen=True)
class Visit:
    """One page on one width, in all its states."""

    view: str
    requests: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


_visits: dict[tuple[str, str], list[Visit]] = {}


def visit_pages(site: BuiltSite, pages: Mapping[str, str]) -> list[Visit]:
    """Visits each page once, however many gates ask."""
    for name, path in pages.items():
        if (site.address, name) not in _visits:
            _visits[site.address, name] = [visit(site, name, path, width) for width in (PHONE, LAPTOP)]
    return [one for name in pages for one in _visits[site.address, name]]


def visit(site: BuiltSite, name: str, path: str, width: int) -> Visit:
    made = Visit(f"{name}, {width} px")
    context = site.browser.new_context(viewport={"width": width, "height": 844})
    try:
        context.add_init_script(VIOLATIONS)
        context.on("request", lambda request: made.requests.append(request.url))
        page = context.new_page()
        page.on("pageerror", lambda error: made.errors.append(str(error)))
        page.on("console", lambda said: made.errors.append(said.text) if said.type in {"error", "warning"} else None)
        page.goto(site.address + path)
        settle(page)
        open_all(page, name, width)
        made.violations.extend(page.evaluate("window.tbViolations"))
    finally:
        context.close()
    return made


def open_all(page: Page, name: str, width: int) -> None:
    for state in list_states(name, width):
        with open_state(page, state):
            pass
