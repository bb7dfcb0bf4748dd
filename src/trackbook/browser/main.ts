import { elements } from "trackbook:elements";
import { bindAsking } from "./asking";
import { offerCopies } from "./copy";
import { bindDrawer } from "./drawer";
import type { Telling } from "./leaving";
import { preparePaper } from "./paper";
import { nameScrollers } from "./scrollers";
import { bindSearch } from "./search/open";
import { bindSettings } from "./settings";
import { keyFor } from "./site";
import { keepTabsOpen } from "./tabs";
import { bindTerms } from "./terms";
import { followReading } from "./toc";

/** Elements of the course's own widgets: each tag with its script beside this one. The build writes it before this script (`site/widget_assets.py`). */
declare const courseElements: Readonly<Record<string, string>> | undefined;
const own = typeof courseElements === "undefined" ? {} : courseElements;

/** Half a screen ahead, so that a widget is ready when its reader arrives. */
const AHEAD = "50% 0px";

async function loadElement(tag: string): Promise<unknown> {
  const address = own[tag];
  return address === undefined ? elements[tag]?.() : import(address);
}

/** Loads the code of each widget when the first of its kind comes near the screen. */
function loadInView(root: ParentNode): void {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        // A chunk that does not arrive leaves the fallback, which is complete.
        loadElement(target.localName).catch(() => undefined);
      }
    },
    { rootMargin: AHEAD },
  );
  const tags = [...Object.keys(elements), ...Object.keys(own)];
  if (tags.length === 0) return;
  for (const widget of root.querySelectorAll(tags.join())) observer.observe(widget);
}

/** What was missed comes back in the same sitting. */
function offerMissed(): void {
  const practice = document.querySelector("tb-practice");
  const load = practice ? import("./practice") : document.querySelector("tb-quiz") && import("./missed").then(({ followMissed }) => followMissed());
  load?.catch(() => undefined);
}

/** What widgets tell is heard from the beginning: it waits until the code that notes it has come, and is not lost where its learner does not. */
function hearAnswers(): Promise<unknown> {
  const recorder = import("./record/recorder");
  // Elements need it as well: so it comes beside them, not after.
  void import("./former");
  let leaving: typeof import("./leaving") | undefined;
  void import("./leaving").then((code) => (leaving = code));
  const hear = (event: unknown): void => {
    const left = leaving?.leaveTold(event as Telling);
    recorder.then(({ hear }) => hear(event as Telling, left)).catch(() => undefined);
  };
  for (const kind of ["answer", "grade", "rate", "keep", "recall", "afresh"]) document.addEventListener(`tb-${kind}`, hear);
  return recorder;
}

/** What is done and answered is noted by code that comes when a page has a use for it. */
function keepRecord(): void {
  const heed = (found: string, load: () => Promise<unknown>): void => void (document.querySelector(found) && load().catch(() => undefined));
  heed(".tb-widget", hearAnswers);
  heed("tb-done", () => import("./done"));
  heed("li[data-module]", () => import("./ticks").then(({ showMarks }) => showMarks()));
  heed("body.tb-lesson", () => import("./resume").then(({ rememberPlace }) => rememberPlace(loadMarks)));
  heed("tb-home", () => import("./path/home"));
  heed("tb-path", () => import("./path/overview"));
  heed("tb-onward", () => import("./path/track"));
  heed("tb-review", () => import("./review/page"));
  heed("tb-certificate", () => import("./certificate"));
  heed("tb-progress", () => import("./review/progress"));
  heed("tb-marks", () => import("./marks/list"));
}

/**
 * How many cards are due stands beside each way to the reviews; pages about it tell it themselves. A file that was chosen for the record
 * is kept up. Whoever has neither needs no code for that.
 */
async function offerRecord(): Promise<void> {
  const kept = new Set((await indexedDB.databases()).map(({ name }) => name));
  const shows = (found: string): boolean => document.querySelector(found) !== null;
  if (kept.has(keyFor("file")) && !shows("tb-progress")) import("./record/following").then(({ follow }) => follow()).catch(() => undefined);
  if (kept.has(keyFor("record")) && !shows("tb-review, tb-progress")) await (await import("./due")).offerCount();
}

/** Browsers bring the line of writing into view; whoever comes by Tab sees the whole field. */
function showFields(): void {
  document.addEventListener("focusin", ({ target }) => target instanceof HTMLTextAreaElement && target.scrollIntoView({ block: "nearest" }));
}

/** Highlights and notes: their code comes with the first words that are chosen, with a key for them, and for those who have some. */
const loadMarks = (event?: Event): void => void import("./marks/page").then(({ heed }) => heed(event)).catch(() => undefined);

function offerMarks(): void {
  if (!document.body.classList.contains("tb-lesson")) return;
  document.addEventListener("selectionchange", () => getSelection()?.isCollapsed || loadMarks());
  addEventListener("keydown", (event) => /^[mb]$/.test(event.key) && loadMarks(event));
  const button = document.querySelector<HTMLElement>(".tb-mark-open");
  button?.addEventListener("click", loadMarks);
  button?.removeAttribute("hidden");
}

function offerOffline(): void {
  if (document.querySelector("tb-offline")) import("./offline").catch(() => undefined);
}

bindSettings();
bindDrawer();
bindSearch();
bindAsking();
loadInView(document);
bindTerms();
keepTabsOpen();
followReading();
nameScrollers();
offerCopies();
keepRecord();
offerRecord().catch(() => undefined);
showFields();
offerOffline();
offerMarks();
offerMissed();
preparePaper();
