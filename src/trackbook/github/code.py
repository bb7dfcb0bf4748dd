"""Code: highlighted by the extension for it, which gets each fence by itself."""

import re
from html import escape

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

_LANGUAGE = re.compile(r"\.?([\w#.+-]+)")
_OPTIONS = re.compile(r"""(?:\s+[a-z_]\w*=(?:"[^"]*"|'[^']*'))*\s*""", re.IGNORECASE)
"""What `pymdownx.superfences` reads after the language; anything else belongs to another program."""
_RUN = re.compile(r"`+")


def render_code(md: Markdown, token: Token) -> str:
    """The sign that stands for the HTML of a fence or of indented code."""
    header = read_header(unescapeAll(token.info))
    if "fenced_code_block" in md.preprocessors:
        longest = max((len(run) for run in _RUN.findall(token.content)), default=0)
        mark = "`" * max(3, longest + 1)
        lines = [f"{mark}{header}", *token.content.removesuffix("\n").split("\n"), mark]
        made = md.preprocessors["fenced_code_block"].run(lines)
        if len(made) == 1 and HTML_PLACEHOLDER_RE.fullmatch(made[0]):
            return made[0]
    language = header.split()[0] if header and not header.startswith("{") else ""
    kind = f' class="language-{escape(language)}"' if language else ""
    return str(md.htmlStash.store(f"<pre><code{kind}>{escape(token.content, quote=False)}</code></pre>"))


def read_header(info: str) -> str:
    """What a fence says after its marks, as far as the site understands it: a language, and options of ours."""
    info = info.strip()
    if info.startswith("{") and info.endswith("}"):
        return info
    language = _LANGUAGE.match(info)
    if not language or _OPTIONS.fullmatch(f" {info}"):
        return info if info and _OPTIONS.fullmatch(f" {info}") else ""
    return f"{language[1]}{info[language.end() :]}" if _OPTIONS.fullmatch(info[language.end() :]) else language[1]
