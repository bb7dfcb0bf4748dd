"""A learner's browser: its pages, the events that it keeps, and files to bring along."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.serving.server import wait_until

Event = dict[str, Any]
BEGIN = ".tb-stage button.tb-main"
"""What begins a sitting, while none is on."""
_READ = """async (name) => {
  if (!(await indexedDB.databases()).some((one) => one.name === name)) return [];
  const ask = (request) => new Promise((yes, no) => {
    request.onsuccess = () => yes(request.result);
    request.onerror = () => no(request.error);
  });
  const database = await ask(indexedDB.open(name));
  const events = await ask(database.transaction("events").objectStore("events").getAll());
  database.close();
  return events;
}"""


class Learner:
    """One profile of a browser at one site."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url = context, url
        self.errors: list[str] = []

    def visit(self, address: str = "progress/") -> Page:
        """Opens a page in a new tab; what its console reports as an error is noted."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.goto(self.url + address)
        wait_until_ready(page)
        return page

    def read_events(self, page: Page) -> list[Event]:
        return read_events(page)


def read_events(page: Page) -> list[Event]:
    """What the record of the page's site holds; nothing while there is none."""
    events: list[Event] = page.evaluate(_READ, "trackbook:/:record")
    return events


def wait_for_place(page: Page) -> None:
    """Until the record holds where the learner is, which a page notes by itself."""
    wait_until(lambda: any(event["what"]["is"] == "place" for event in read_events(page)))


@contextmanager
def open_profile(browser: Browser, url: str, **options: Any) -> Iterator[Learner]:
    """A fresh profile. What its pages report as an error fails the test."""
    learner = Learner(browser.new_context(locale="en-US", **options), url)
    try:
        yield learner
    finally:
        learner.context.close()
    assert learner.errors == []


def wait_until_ready(page: Page) -> None:
    """Waits for what the page shows of the record."""
    widget = page.locator("tb-review, tb-progress")
    if widget.count() > 0:
        expect(widget).to_have_attribute("data-ready", "", timeout=20_000)


def make_event(name: str, item: str, at: str, **what: Any) -> Event:
    return {"id": name, "schema": 1, "item": item, "at": at, "what": what}


def make_grade(name: str, item: str, at: str, grade: int = 3) -> Event:
    return make_event(name, item, at, **{"is": "grade", "grade": grade})


def write_file(events: Sequence[object], **changes: object) -> bytes:
    return json.dumps({"trackbook": "record", "schema": 1, "events": events, **changes}).encode()


def bring(page: Page, file: bytes | Path) -> str:
    """Imports a file on the page of progress and returns what the page says of it."""
    page.evaluate("document.querySelector('.tb-record [role=status]').textContent = ''")
    content = file if isinstance(file, Path) else {"name": "r.json", "mimeType": "application/json", "buffer": file}
    page.locator(".tb-record input[type=file]").set_input_files(content)  # type: ignore[arg-type]
    status = page.locator(".tb-record [role=status]")
    expect(status).not_to_be_empty(timeout=20_000)
    return status.inner_text()
