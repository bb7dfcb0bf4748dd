"""What is added to each page while it is served: a script, its words, and by which name this very page goes."""

import json
from dataclasses import replace
from hashlib import sha256

from trackbook.language.words import Language
from trackbook.serving.site import Answer

EVENTS = "/_trackbook/events"
ISSUES = "/_trackbook/issues.json"
PAGE = "/_trackbook/page.json"
SCRIPT = "/_trackbook/overlay.js"


def name_body(body: bytes) -> str:
    """A name that no other body has."""
    return sha256(body).hexdigest()[:32]


def add_overlay(answer: Answer, language: Language) -> Answer:
    """HTML with the overlay at its end; anything else as it is."""
    if not answer.kind.startswith("text/html"):
        return answer
    texts = {key: text for key, text in language.texts.items() if key.startswith("overlay.")}
    block = json.dumps(texts, ensure_ascii=False).replace("<", "\\u003c")
    tag = (
        f'<script type="application/json" id="tb-overlay-texts" data-page="{name_body(answer.body)}"'
        f' data-status="{answer.status}">{block}</script><script type="module" src="{SCRIPT}"></script>'
    ).encode()
    body, end, rest = answer.body.rpartition(b"</body>")
    return replace(answer, body=b"".join([body, tag, end, rest]) if end else answer.body + tag)
