/**
 * What is off on the page at hand, shown to its author. `trackbook serve` adds this to the pages it serves; no build holds it.
 * The server reloads the page after each save: so it is asked once, when the page has loaded.
 */
import sheet from "trackbook:overlay.css";
import { make } from "./make";
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

const texts = JSON.parse(document.getElementById("tb-overlay-texts")?.textContent ?? "{}") as Record<string, string>;
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

function summarize({ here, elsewhere }: Report): string {
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
function build(report: Report): { region: HTMLElement; fold: (folded: boolean) => void } {
  const { here, elsewhere, kept } = report;
  const body = make("div", "body");
  body.id = "body";
  body.tabIndex = 0; // it may scroll
  body.setAttribute("role", "group");
  body.setAttribute("aria-label", tell(here.length || kept ? "here" : "elsewhere"));
  if (here.length || kept) body.append(make("h2", "", tell("here")));
  if (kept) body.append(make("p", "kept", tell("kept")));
  if (here.length) body.append(list(here));
  if (elsewhere.length) body.append(make("h2", "", tell("elsewhere")), ...listElsewhere(elsewhere));
  const button = make("button", here.concat(elsewhere).some(isError) ? "error" : "advice", summarize(report));
  button.type = "button";
  button.setAttribute("aria-controls", body.id);
  const region = make("section", "", body, button);
  region.setAttribute("aria-label", summarize(report));
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
  document.addEventListener("keydown", (event) => {
    const busy = event.defaultPrevented || document.querySelector("dialog[open], [popover]:popover-open");
    if (event.key === "Escape" && !body.hidden && !busy) choosing(true);
  });
  return { region, fold };
}

function show(report: Report): void {
  const host = make("tb-overlay" as "div");
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(sheet);
  root.adoptedStyleSheets = [style];
  const status = make("p", "unseen");
  status.setAttribute("role", "status");
  root.append(status);
  const errors = nameErrors([...report.here, ...report.elsewhere]);
  const summary = summarize(report);
  const chosen = sessionStorage.getItem(CHOSEN);
  if (chosen !== OPEN && chosen !== errors) sessionStorage.removeItem(CHOSEN); // other errors, another choice
  if (summary) {
    const { region, fold } = build(report);
    fold(chosen !== OPEN && (!errors || chosen === errors));
    root.append(region);
  }
  document.body.append(host);
  const said = sessionStorage.getItem(SAID) ?? "";
  sessionStorage.setItem(SAID, summary);
  // What stands in a live region from the start is not announced.
  if (said !== summary) setTimeout(() => (status.textContent = summary || tell("sound")), 500);
}

const answer = await fetch(`/_trackbook/issues.json?page=${encodeURIComponent(location.pathname)}`).catch(() => undefined);
if (answer?.ok) show((await answer.json()) as Report);
