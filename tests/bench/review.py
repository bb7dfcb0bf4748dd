"""How much work a browser has until the page of reviews is ready: with 2,000 cards, and 10,000 events in the record."""

import json
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, CDPSession, sync_playwright
from tests.browser.gates.host import serve_site

from trackbook.built_site.printing import find_chromium

CARDS, EVENTS, MODULES = 2_000, 10_000, 100
SLOWER, RUNS, LIMIT = 4, 11, 300
START = datetime.now(UTC) - timedelta(days=60)


def main() -> int:
    with sync_playwright() as playwright, serve_site(Path("site").resolve()) as address:
        path = find_chromium(playwright.chromium)
        with playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]) as browser:
            context, empty = browser.new_context(), browser.new_context()
            context.route("**/review/cards.json", lambda route: route.fulfill(json=make_deck()))
            fill_record(context, address)
            print(f"Until the page of reviews is ready, main thread, in ms of work (medians of {RUNS}):")
            print(f"  {measure(context, address, 1):5.0f}  right after an import: {EVENTS:,} events replayed")
            own = {}
            for slower in (1, SLOWER):
                bare, without, full = (
                    median(measure(whose, address, slower, page) for _ in range(RUNS))
                    for whose, page in ((empty, "robots.txt"), (empty, "review/"), (context, "review/"))
                )
                own[slower] = full - bare
                print("At full speed:" if slower == 1 else f"Slowed by Chromium itself, {slower} times:")
                print(f"  {bare:5.0f}  a bare text instead: the browser's share, and that of who measures")
                print(f"  {without:5.0f}  nothing kept")
                print(f"  {full:5.0f}  {CARDS:,} cards, {EVENTS:,} events; {own[slower]:.0f} of it the page's own")
    print(f"{SLOWER} times the page's own work at full speed: {own[1] * SLOWER:.0f}; limit {LIMIT}")
    return 1 if own[1] * SLOWER > LIMIT else 0


def make_deck() -> list[dict[str, object]]:
    modules = []
    for number in range(MODULES):
        cards = [f"card-{card}" for card in range(CARDS // MODULES)]
        names = {"key": f"track/module-{number}", "place": f"Track 1, lesson {number}", "title": f"Module {number}"}
        modules.append({**names, "url": f"track/module-{number}/lesson/", "number": 1, "cards": cards})
    return modules


def make_events() -> Iterator[dict[str, object]]:
    """Each module done, then every card graded some five times over two months."""
    for number in range(MODULES):
        yield make_event(f"done-{number}", f"track/module-{number}", 0, {"is": "done"})
    for number in range(EVENTS - MODULES):
        module, card = number % MODULES, number // MODULES % (CARDS // MODULES)
        grade: dict[str, object] = {"is": "grade", "grade": (3, 3, 1, 4, 2)[number % 5]}
        yield make_event(f"grade-{number}", f"track/module-{module}#card-{card}", 1 + number * 80_000 // EVENTS, grade)


def make_event(name: str, item: str, minute: int, what: Mapping[str, object]) -> dict[str, object]:
    at = (START + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%S.000+00:00")
    return {"id": name, "schema": 1, "item": item, "at": at, "what": what}


def fill_record(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}progress/")
    page.locator("tb-progress[data-ready]").wait_for()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "record.json"
        file.write_text(json.dumps({"trackbook": "record", "schema": 1, "events": list(make_events())}), "utf-8")
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_text(f"{EVENTS} new entries were added.").wait_for(timeout=60_000)
    page.evaluate("""async () => {
      const [{ name }] = await indexedDB.databases();
      const opening = indexedDB.open(name);
      const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
      const work = database.transaction("snapshots", "readwrite");
      work.objectStore("snapshots").clear();
      await new Promise((resolve) => (work.oncomplete = resolve));
      database.close();
    }""")
    page.close()


def measure(context: BrowserContext, address: str, slower: int, path: str = "review/") -> float:
    """Milliseconds of tasks on the main thread from an empty tab until the page says that it is ready.

    Slowed by Chromium, the same work counts for more than the rate says: a bare text, too.
    """
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    before = read_work(session)
    session.send("Page.navigate", {"url": address + path})
    wait_until_ready(session, path)
    spent = read_work(session) - before
    page.close()
    return spent


def wait_until_ready(session: CDPSession, path: str) -> None:
    """Asks in few words: what Playwright's own waiting runs in a page would count as the page's work."""
    done = "document.querySelector('tb-review')?.dataset.ready" if path == "review/" else "document.body?.innerText"
    ready = {"expression": done}
    for _ in range(600):
        time.sleep(0.1)
        if "value" in session.send("Runtime.evaluate", ready)["result"]:
            return
    raise TimeoutError("the page of reviews was never ready")


def read_work(session: CDPSession) -> float:
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
