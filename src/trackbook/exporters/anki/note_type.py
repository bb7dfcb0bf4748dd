"""The one note type of all decks: what a card shows, and how."""

from pathlib import Path

import genanki

NOTE_TYPE = 1_100_234_150_793
"""Derived once from the words "trackbook note type: card". Another set of fields needs another number."""

FORM_CHANGED = 1_795_219_200
"""When this note type, or the HTML of fields, last changed (Unix seconds): raise it, and learners get the new form."""

FIELDS = ("Front", "Back", "Hint", "HintLabel", "Lesson", "Language", "Direction")
_QUESTION = """\
<div class="question" lang="{{Language}}" dir="{{Direction}}">{{Front}}
{{#Hint}}<details class="hint"><summary>{{HintLabel}}</summary>{{Hint}}</details>{{/Hint}}</div>"""
_ANSWER = """\
{{FrontSide}}
<hr id="answer">
<div class="answer" lang="{{Language}}" dir="{{Direction}}">{{Back}}
{{#Lesson}}<p class="lesson">{{Lesson}}</p>{{/Lesson}}</div>"""


def make_note_type() -> genanki.Model:
    return genanki.Model(
        NOTE_TYPE,
        "Trackbook",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card", "qfmt": _QUESTION, "afmt": _ANSWER}],
        css=Path(__file__).with_name("card.css").read_text("utf-8"),
    )
