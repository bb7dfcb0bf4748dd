"""A built site of any size, the same each time: pages of the length of ours, in folders like ours."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.synthetic import make_writer

LINKS_OF_A_PAGE, SECTIONS, PARAGRAPHS_OF_A_SECTION = 10, 10, 6
KINDS = ("", "lesson/", "practice/", "cheatsheet/")
MODULES_OF_A_TRACK = 10
SITE = "https://example.org/course/"
ASSETS = ("favicon.svg", "assets/page.css", "assets/widgets.css", "assets/page.js", "assets/text.woff2")
TABLE = "<table><thead><tr><th>step</th><th>sum</th></tr></thead><tbody>{}</tbody></table>"
FORMULA = "<math><mrow><mi>y</mi><mo>=</mo><mfrac><mi>a</mi><msqrt><mi>d</mi></msqrt></mfrac></mrow></math>"


def write_site(folder: Path, pages: int) -> int:
    """Write the site; gives the bytes of its HTML."""
    chance = Random(6)
    writer = make_writer()
    texts = [writer.write_paragraph(writer.pick_topic(), 90) for _ in range(500)]
    addresses = list(_list_addresses(pages))
    weight = 0
    for number, address in enumerate(addresses):
        html = _write_page(chance, texts, addresses, number)
        weight += len(html)
        _write(folder / address / "index.html", html)
    for asset in ASSETS:
        _write(folder / asset, "")
    return weight


def _list_addresses(pages: int) -> Iterator[str]:
    yield ""
    for number in range(pages - 1):
        module, kind = divmod(number, len(KINDS))
        yield f"track-{module // MODULES_OF_A_TRACK}/module-{module}/{KINDS[kind]}"


def _write_page(chance: Random, texts: list[str], addresses: list[str], number: int) -> str:
    address = addresses[number]
    root = "../" * address.count("/")
    icon, style, widgets, script, font = (root + asset for asset in ASSETS)
    near = [addresses[number - 1], addresses[(number + 1) % len(addresses)]]
    asides = [f"{one}#part-{chance.randrange(SECTIONS)}" for one in chance.sample(addresses, 4)]
    ways = "".join(f'<a href="{root}{one}">{one}</a>' for one in (*near, *asides))
    return f"""<!DOCTYPE html>
<html lang="en" dir="ltr"><head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Page {number} · Lesson · Track - Trackbook</title>
  <meta name="description" content="{texts[number % len(texts)][:150]}">
  <link rel="icon" href="{icon}" type="image/svg+xml">
  <link rel="canonical" href="{SITE}{address}">
  <link rel="preload" href="{font}" as="font" type="font/woff2" crossorigin="">
  <link rel="stylesheet" href="{style}">
  <link rel="stylesheet" href="{widgets}">
  <script type="module" src="{script}"></script>
</head>
<body class="tb-lesson">
  <a class="tb-skip" href="#content">Skip to the content</a>
  <header><a href="{root or "./"}">Home</a></header>
  <nav><a href="#part-0">First</a><a href="#part-{SECTIONS - 1}">Last</a></nav>
  <main id="content"><article class="md-typeset"><h1 id="title">Page {number}</h1>
{"".join(_write_sections(chance, texts))}
  </article></main>
  <footer>{ways}</footer>
</body></html>
"""


def _write_sections(chance: Random, texts: list[str]) -> Iterator[str]:
    for section in range(SECTIONS):
        paragraphs = "\n".join(f"<p>{_mark(text)}</p>" for text in chance.choices(texts, k=PARAGRAPHS_OF_A_SECTION))
        rows = "".join(f"<tr><td>{row}</td><td>{row * section}</td></tr>" for row in range(6))
        yield f'<h2 id="part-{section}">Part {section}</h2>\n{paragraphs}\n{FORMULA}\n{TABLE.format(rows)}\n'


def _mark(text: str) -> str:
    first, second, rest = text.split(" ", 2)
    return f"<strong>{first}</strong> <code>{second}</code> {rest}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
