"""What plays in a page, how large pictures are, and what the policy of a page then allows."""

import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import Change
from tests.media import make_picture, write_media
from tests.mkdocs_plugin.test_build import contents, run

from trackbook.language.words import load_language
from trackbook.site.finish.page import finish_page
from trackbook.site.finish.policy import POLICY, SERVED

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "media.yml").read_text("utf-8"))
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"{}><path d="M0 0"/></svg>'
FILES = {
    "wave.mp4": bytes(3_000_000),
    "wave.vtt": b"WEBVTT",
    "wave.png": make_picture(640, 360),
    "wave.txt": b"It rolls in\n<slowly>.\n\nThen it is gone.\n",
    "silent.webm": bytes(1001),
    "talk.mp3": bytes(1001),
    "sheet.pdf": bytes(1001),
    "120x80.png": make_picture(120, 80),
    "900x600.png": make_picture(900, 600),
    "720x300.svg": SVG.format(720, 300, "").encode(),
    "sized.svg": SVG.format(40, 20, ' width="40" height="20"').encode(),
    "boxed.svg": SVG.format(40, 20, "").encode(),
}


def read(address: str) -> bytes | None:
    return FILES.get(posixpath.basename(address))


def weigh(address: str) -> int | None:
    content = read(address.partition("#")[0])
    return None if content is None else len(content)


def finish(article: str, policy: str = POLICY) -> tuple[str, str, list[str]]:
    """The article, the policy, and what was lost."""
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>x</title>'
    head += '<link rel="canonical" href="https://example.org/a/b/">'
    page = f'<!doctype html><html lang="en"><head>{head}</head><article>{article}</article></html>'
    finished = finish_page(page, load_language("en").say, read, weigh)
    meta = finished.tree.css_first("meta[http-equiv]")
    assert meta
    written = finished.html.partition("<article>")[2].partition("</article>")[0]
    return written, meta.attributes["content"] or "", finished.lost


def split(policy: str) -> dict[str, str]:
    return {name: sources for name, _, sources in (part.partition(" ") for part in policy.split("; "))}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_article_plays(case: dict[str, Any]) -> None:
    article, policy, lost = finish(case["before"])
    assert article == case["after"]
    assert split(policy) == {**split(POLICY), **case.get("policy", {})}
    assert lost == case.get("lost", [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_plays_while_one_writes_plays_once_published(case: dict[str, Any]) -> None:
    """The served policy says what the published one says of media and frames, whose default is nothing."""
    published, served = (split(finish(case["before"], policy)[1]) for policy in (POLICY, SERVED))
    names = ("media-src", "object-src", "frame-src")
    assert served == {name: published.get(name, "'none'") for name in names}


def test_a_page_without_media_has_the_policy_of_every_page() -> None:
    assert finish("<p>Words.</p>")[1] == POLICY


def test_finishing_what_plays_twice_changes_nothing() -> None:
    first = finish('<p><img alt="A wave" src="wave.mp4"></p>')
    again = finish(first[0], first[1])
    assert again == first


def test_without_an_address_of_the_site_a_file_is_named() -> None:
    page = '<!doctype html><article><p><img alt="A wave" src="../../docs/wave.mp4"></p></article>'
    assert "At docs/wave.mp4" in finish_page(page, load_language("en").say, read, weigh).html


@pytest.mark.long
def test_every_host_makes_the_same_page(make_course: Callable[[Change], Path]) -> None:
    """Also MkDocs by itself, which leaves raw HTML alone; from an index, and from a page of docs/."""
    html = '<video controls poster="small.png">\n<source src="clip.webm">\n<track src="clip.vtt">\n</video>'
    line = html.replace("\n", " ")  # in a line of its own, `<source>` would end the paragraph, and so the video
    shown = f"![A wave](clip.webm)\n\n![A tone](tone.wav)\n\n![A sheet](sheet.pdf)\n\n{html}\n\nHere {line} too.\n"
    embed = "```embed\nurl: https://youtu.be/eMlx5fFNoYc\ntitle: A talk\npicture: small.png\n```\n"
    root = make_course({})
    for folder, page in (("lessons/first/alpha", "lesson"), ("lessons/first/alpha", "overview"), ("docs", "about")):
        write_media(root / folder, b"no video")
        with (root / folder / f"{page}.md").open("a") as file:
            file.write(f"{'# About' * (page == 'about')}\n\n{shown}\n{embed}")
    run("trackbook", "build", cwd=root)
    ours = contents(root / "site")
    run("mkdocs", "build", "--strict", "--site-dir", "by-mkdocs", cwd=root)
    run("trackbook", "build", "--host", "plain", cwd=root)
    assert contents(root / "by-mkdocs") == ours
    assert contents(root / "site") == ours
    for page, way in (("first/alpha/lesson/", "../"), ("first/alpha/", ""), ("about/", "../")):
        written = ours[f"{page}index.html"].decode()
        assert written.count(f'<source src="{way}clip.webm">') == 2
        assert written.count(f'src="{way}clip.vtt"') == 3
        assert f'<object type="application/pdf" data="{way}sheet.pdf"' in written
