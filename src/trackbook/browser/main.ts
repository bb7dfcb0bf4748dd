import { elements } from "trackbook:elements";
import { bindAsking } from "./asking";
import { offerCopies } from "./copy";
import { bindDrawer } from "./drawer";
import { preparePaper } from "./paper";
import type { What } from "./record/event";
import { offerResume } from "./resume";
import { nameScrollers } from "./scrollers";
import { bindSearch } from "./search";
import { bindSettings } from "./settings";
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
  if (document.querySelector("tb-quiz")) import("./missed").then(({ followMissed }) => followMissed()).catch(() => undefined);
}

/** What widgets tell is heard from the beginning: it waits until the code that notes it has come. */
function hearAnswers(): Promise<unknown> {
  const recorder = import("./record/recorder");
  const note = (item: string, what: What): void => void recorder.then(({ note }) => note(item, what)).catch(() => undefined);
  document.addEventListener("tb-answer", ({ detail: { item, right } }) => note(item, { is: "answer", right }));
  document.addEventListener("tb-grade", ({ detail: { item, grade } }) => note(item, { is: "grade", grade }));
  document.addEventListener("tb-rate", ({ detail: { item, met, of } }) => note(item, { is: "rate", met, of }));
  return recorder;
}

/** What is done and answered is noted by code that comes when a page has a use for it. */
function keepRecord(): void {
  const heed = (found: string, load: () => Promise<unknown>): void => void (document.querySelector(found) && load().catch(() => undefined));
  heed(".tb-widget", hearAnswers);
  heed("tb-done", () => import("./record/done"));
  heed("li[data-module]", () => import("./record/done").then(({ showMarks }) => showMarks()));
  heed("tb-review", () => import("./review/page"));
  heed("tb-certificate", () => import("./certificate"));
  heed("tb-progress", () => import("./review/progress"));
}

/** Browsers bring the line of writing into view; whoever comes by Tab sees the whole field. */
function showFields(): void {
  document.addEventListener("focusin", ({ target }) => target instanceof HTMLTextAreaElement && target.scrollIntoView({ block: "nearest" }));
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
offerResume().catch(() => undefined);
keepRecord();
showFields();
offerOffline();
offerMissed();
preparePaper();
