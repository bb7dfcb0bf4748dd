/**
 * What is off on the page at hand, shown to its author. `trackbook serve` adds this to the pages it serves; no build holds it.
 * The server tells of each save. Then it is asked what is off now, and whether the page has become another one, which loads it anew.
 */
import sheet from "trackbook:overlay.css";
import { listen, type News } from "./hearing";
import { make } from "./make";
import { comeBack, leave } from "./returning";
import { choose } from "./texts";

interface Issue {
  readonly code: string;
  readonly path: string;
  readonly line: number;
  readonly message: string;
  readonly hint: string;
  readonly level: "error" | "advice";
}

/** The answer of the issues endpoint for one page. */
interface Report {
  readonly source: string;
  readonly kept: boolean;
  readonly here: readonly Issue[];
  readonly elsewhere: readonly Issue[];
}

/** The page as the server has it now: a name that no other page has, and its HTTP status. */
interface Now {
  readonly page: string;
  readonly status: number;
}

const block = document.getElementById("tb-overlay-texts");
const texts = JSON.parse(block?.textContent ?? "{}") as Record<string, string>;
const page = block?.dataset["page"] ?? "";
const wasThere = block?.dataset["status"] === "200";
const tell = (key: string, values: Readonly<Record<string, string | number>> = {}): string => choose(texts, `overlay.${key}`, values);

/** Kept in this tab, so that reloads leave the list as its reader left it, and don't say again what was said. */
const CHOSEN = "trackbook:overlay:chosen";
const OPEN = "open";
const SAID = "trackbook:overlay:said";

const isError = ({ level }: Issue): boolean => level === "error";
/** Errors stay the same ones when lines above them come and go. */
const nameErrors = (issues: readonly Issue[]): string => issues.filter(isError).map(({ code, path, message }) => [code, path, message].join()).join("\n");

function count(issues: readonly Issue[]): string {
  const errors = issues.filter(isError).length;
  const advice = issues.length - errors;
  return [errors && tell("errors", { count: errors }), advice && tell("advices", { count: advice })].filter(Boolean).join(", ");
}

function summarize({ here, elsewhere }: Report, gone: boolean): string {
  if (gone) return tell("gone");
  if (here.length) return count(here);
  return elsewhere.length ? tell("only_elsewhere", { counts: count(elsewhere) }) : "";
}

/** Checks speak English, whatever the language of the course. */
function makeEnglish(text: string): HTMLElement {
  const made = make("span", "", text);
  made.lang = "en";
  made.dir = "ltr";
  return made;
}

function list(issues: readonly Issue[]): HTMLElement {
  const items = issues.map(({ code, level, message, hint, path, line }) => {
    const place = make("p", "place", make("strong", "", tell(level)), " ", make("code", "", `${path}:${line}`), " ", make("code", "", code));
    const item = make("li", level, place, make("p", "", makeEnglish(message)));
    if (hint) item.append(make("p", "hint", `${tell("hint")}: `, makeEnglish(hint)));
    return item;
  });
  return make("ul", "", ...items);
}

function listElsewhere(issues: readonly Issue[]): HTMLElement[] {
  const files = new Map<string, Issue[]>();
  for (const issue of issues) files.set(issue.path, [...(files.get(issue.path) ?? []), issue]);
  return [...files].map(([path, found]) => make("details", "", make("summary", "", make("code", "", path), ` ${count(found)}`), list(found)));
}

/** A region with a heading, folded to a button. It takes no focus; Escape folds it. */
function build(report: Report, gone: boolean, signal: AbortSignal): { region: HTMLElement; button: HTMLElement; fold: (folded: boolean) => void } {
  const { here, elsewhere, kept } = report;
  const body = make("div", "body");
  body.id = "body";
  body.tabIndex = 0; // it may scroll
  body.setAttribute("role", "group");
  body.setAttribute("aria-label", tell(here.length || kept || gone ? "here" : "elsewhere"));
  if (here.length || kept || gone) body.append(make("h2", "", tell("here")));
  if (gone) body.append(make("p", "kept", tell("gone_since")));
  else if (kept) body.append(make("p", "kept", tell("kept")));
  if (here.length) body.append(list(here));
  if (elsewhere.length) body.append(make("h2", "", tell("elsewhere")), ...listElsewhere(elsewhere));
  const button = make("button", gone || here.concat(elsewhere).some(isError) ? "error" : "advice", summarize(report, gone));
  button.type = "button";
  button.setAttribute("aria-controls", body.id);
  const region = make("section", "", body, button);
  region.setAttribute("aria-label", summarize(report, gone));
  const fold = (folded: boolean): void => {
    if (folded && body.matches(":focus-within")) button.focus();
    body.hidden = folded;
    button.setAttribute("aria-expanded", String(!folded));
  };
  const choosing = (folded: boolean): void => {
    fold(folded);
    sessionStorage.setItem(CHOSEN, folded ? nameErrors([...here, ...elsewhere]) : OPEN);
  };
  button.addEventListener("click", () => choosing(!body.hidden));
  const foldByKey = (event: KeyboardEvent): void => {
    const busy = event.defaultPrevented || document.querySelector("dialog[open], [popover]:popover-open");
    if (event.key === "Escape" && !body.hidden && !busy) choosing(true);
  };
  document.addEventListener("keydown", foldByKey, { signal });
  return { region, button, fold };
}

const host = make("tb-overlay" as "div");
const root = host.attachShadow({ mode: "open" });
const style = new CSSStyleSheet();
style.replaceSync(sheet);
root.adoptedStyleSheets = [style];
const status = make("p", "unseen");
status.setAttribute("role", "status");
root.append(status);

let shown = "";
let hidden = new AbortController();

function show(report: Report, gone: boolean): void {
  const told = JSON.stringify([report, gone]);
  if (told === shown) return;
  shown = told;
  const focused = root.activeElement ?? (back?.focus.includes(host.localName) && document.activeElement === document.body);
  hidden.abort();
  hidden = new AbortController();
  root.querySelector("section")?.remove();
  const errors = nameErrors([...report.here, ...report.elsewhere]);
  const summary = summarize(report, gone);
  const chosen = sessionStorage.getItem(CHOSEN);
  if (chosen !== OPEN && chosen !== errors) sessionStorage.removeItem(CHOSEN); // other errors, another choice
  if (summary) {
    const { region, button, fold } = build(report, gone, hidden.signal);
    fold(chosen !== OPEN && (!errors || chosen === errors));
    root.append(region);
    if (focused) button.focus({ preventScroll: true });
  }
  const said = sessionStorage.getItem(SAID) ?? "";
  sessionStorage.setItem(SAID, summary);
  // What stands in a live region from the start is not announced.
  if (said !== summary) setTimeout(() => (status.textContent = summary || tell("sound")), 500);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Whether the page has loaded a file of that name: pictures, sheets, scripts and what they fetched. */
function holds(name: string): boolean {
  return performance.getEntriesByType("resource").some((entry) => decode(new URL(entry.name).pathname).endsWith(`/${name}`));
}

async function ask<Told>(what: string): Promise<Told | undefined> {
  const answer = await fetch(`/_trackbook/${what}.json?page=${encodeURIComponent(location.pathname)}`).catch(() => undefined);
  return answer?.ok ? ((await answer.json()) as Told) : undefined;
}

let asked = 0;
/** Whether something that the page shows has changed since. */
let stale = false;

/** Asks first whether the page is another one: what is off takes the server longer. */
async function follow({ names, opened }: News): Promise<void> {
  stale ||= names.some(holds);
  const turn = ++asked;
  const now = await ask<Now>("page");
  if (!now || turn !== asked) return;
  // A page that was loaded for its sake and is yet another one would never come to rest.
  const restless = opened && back && back.expected !== page;
  const differs = stale || now.page !== page;
  if (differs && !restless && (now.status === 200 || !wasThere)) return leave(now.page);
  const report = await ask<Report>("issues");
  if (report && turn === asked) show(report, now.status === 404 && wasThere);
}

const back = comeBack();
document.body.append(host);
// Kept by the browser while its reader was elsewhere: it has heard nothing since.
addEventListener("pageshow", ({ persisted }) => persisted && leave(page));
listen((news) => void follow(news));
void follow({ names: [], opened: true });
