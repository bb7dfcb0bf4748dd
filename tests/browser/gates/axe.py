"""axe-core finds nothing: every page, light and dark, on three widths, and with all that opens open."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from playwright.sync_api import Page
from tests.browser.gates.packages import find_package
from tests.browser.gates.site import BuiltSite, Result
from tests.browser.gates.states import list_states, open_state

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (320, 360, 1280)
# Every rule but those of level AAA, whose contrast of 7:1 is not what the site's colors promise.
RUN = """async () => {
  const rules = axe.getRules().filter(({ tags }) => !tags.includes("wcag2aaa") && !tags.includes("deprecated"));
  const enabled = Object.fromEntries(rules.map(({ ruleId }) => [ruleId, { enabled: true }]));
  const { violations } = await axe.run(document, { resultTypes: ["violations"], rules: enabled });
  return violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ target }) => target.join(" ")) }));
}"""


@cache
def read_axe() -> str:
    return (find_package("axe-core") / "axe.min.js").read_text("utf-8")


def measure(site: BuiltSite, pages: Mapping[str, str]) -> Result:
    breaches: list[str] = []
    views = 0
    for name, path in pages.items():
        for width in WIDTHS:
            # The policy would keep out axe itself; the gate of the policy holds that.
            with site.open(path, width, bypass_csp=True) as page:
                breaches += find_violations(page, f"{name}, {width} px")
                for state in list_states(name, width):
                    with open_state(page, state):
                        breaches += find_violations(page, f"{name}, {width} px, {state} open")
                views += len(THEMES) * (1 + len(list_states(name, width)))
    return Result(f"{len(breaches)} in {views} views", breaches)


def find_violations(page: Page, view: str) -> list[str]:
    """What axe finds in one view, light and dark."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(read_axe())
    breaches: list[str] = []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        found: list[dict[str, Any]] = page.evaluate(RUN)
        breaches += [f"{view}, {theme}: {one['id']}: {one['help']}: {'; '.join(one['where'][:4])}" for one in found]
    return breaches
