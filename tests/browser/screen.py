"""What runs off the screen of an open page, or is cut off."""

from playwright.sync_api import Page

BREACHES = """() => {
  const wide = innerWidth, whole = document.documentElement.scrollWidth, found = [];
  const name = (node) => `${node.localName}.${node.className}: ${node.textContent.trim().slice(0, 40)}`;
  const moves = (node) => node && (/auto|scroll/.test(getComputedStyle(node).overflowX) || moves(node.parentElement));
  if (whole > wide) found.push(`the page is ${whole} wide`);
  for (const node of document.body.querySelectorAll("*:not(.tb-skip, .tb-space, svg *, math *)")) {
    const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    if (box.width < 2 || box.height < 2 || style.visibility === "hidden" || moves(node.parentElement)) continue;
    if (box.left < -1 || box.right > wide + 1) found.push(`off the screen: ${name(node)}`);
    const cut = node.scrollWidth > node.clientWidth + 1;
    if (cut && /hidden|clip/.test(style.overflowX)) found.push(`cut: ${name(node)}`);
  }
  return found;
}"""


def list_breaches(page: Page) -> list[str]:
    found: list[str] = page.evaluate(BREACHES)
    return found
