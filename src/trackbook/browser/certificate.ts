import { makeActions, makeButton } from "./controls";
import { openDialog } from "./dialog";
import { defineElement } from "./element";
import { make } from "./make";
import type { RecordEvent } from "./record/event";
import { readMoment, readWall } from "./record/wall";
import { readNames } from "./record/names";
import type { LearnersRecord } from "./record/record";
import type { Names } from "./record/replay";
import { readState } from "./record/state";
import { announceTrouble, openWatchedRecord } from "./record/trouble";
import { recall, remember, root } from "./site";
import { say } from "./texts";

const NAME = "certificate-name";
const LONGEST_NAME = 120;

/** Says of each track what is missing; where nothing is, it offers the sheet. */
defineElement("tb-certificate", async (element, signal) => {
  const record = await openWatchedRecord();
  const update = async (): Promise<void> => {
    const { done } = await readState(record);
    if (signal.aborted) return;
    announceTrouble(record);
    for (const section of element.querySelectorAll<HTMLElement>("section[data-title]")) showTrack(section, done, record, signal);
  };
  record.addEventListener("change", () => void update(), { signal });
  await update();
  return true;
});

function listLessons(section: HTMLElement): HTMLElement[] {
  return [...section.querySelectorAll<HTMLElement>("li[data-module]")];
}

function showTrack(section: HTMLElement, done: Names, record: LearnersRecord, signal: AbortSignal): void {
  const lessons = listLessons(section);
  const count = lessons.filter(({ dataset }) => !done.has(dataset["module"] ?? "")).length;
  const line = section.querySelector<HTMLElement>(".tb-missing");
  if (!line || line.dataset["count"] === String(count)) return;
  line.dataset["count"] = String(count);
  const open = (): void => void openSheet(section, record).catch(() => undefined);
  line.replaceChildren(...(count > 0 ? [say("certificate.missing", { count, total: lessons.length })] : [makeButton(say("certificate.make"), signal, open)]));
}

/** The sheet as it will be printed, with the name as it is typed. Nothing of it leaves the page but on paper. */
async function openSheet(section: HTMLElement, record: LearnersRecord): Promise<void> {
  const lessons = listLessons(section);
  const date = await findDate(lessons, record);
  const field = make("input");
  Object.assign(field, { id: "tb-certificate-name", type: "text", autocomplete: "name", maxLength: LONGEST_NAME, value: recall<string>(NAME) ?? "" });
  const label = make("label", "", say("certificate.name"));
  label.htmlFor = field.id;
  const keep = make("input");
  keep.type = "checkbox";
  keep.checked = field.value !== "";
  const name = make("p", "tb-certificate-name");
  const show = (): void => {
    name.textContent = field.value.trim();
    remember(NAME, keep.checked && field.value.trim() ? field.value.trim() : null);
  };
  field.addEventListener("input", show);
  keep.addEventListener("change", show);
  show();
  const bound = new AbortController();
  const print = makeButton(say("certificate.print"), bound.signal, () => window.print(), "tb-main");
  const sheet = makeSheet(section, lessons, date, name);
  const keeping = make("label", "tb-keeping", keep, ` ${say("certificate.keep")}`);
  const dialog = await openDialog(say("certificate.heading"), "tb-certificate-dialog", label, field, keeping, makeActions(print), sheet);
  dialog.addEventListener("close", () => bound.abort());
  field.focus();
}

function makeSheet(section: HTMLElement, lessons: readonly HTMLElement[], date: Date, name: HTMLElement): HTMLElement {
  const { title = "", time = "" } = section.dataset;
  const course = section.closest<HTMLElement>("tb-certificate")?.dataset["course"] ?? "";
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(date);
  const list = make("ol", "", ...lessons.map((lesson) => make("li", "", lesson.querySelector("a")?.firstChild?.textContent ?? "")));
  return make(
    "div",
    "tb-sheet",
    make("p", "tb-certificate-course", course),
    make("p", "tb-certificate-title", say("certificate.heading")),
    name,
    make("p", "", say("certificate.text", { track: title, date: day })),
    make("p", "", say("certificate.lessons", { count: lessons.length, time })),
    list,
    make("p", "tb-aside", `${say("certificate.unchecked")} ${root.href}`),
  );
}

/** The day on which the last of the lessons was marked, as the clock on the learner's wall had it. */
async function findDate(lessons: readonly HTMLElement[], record: LearnersRecord): Promise<Date> {
  const keys = new Set(lessons.map(({ dataset }) => dataset["module"]));
  const [events, { rename }] = await Promise.all([record.readAll(), readNames()]);
  const marked = new Map<string, RecordEvent>();
  for (const event of events) {
    const item = rename(event.item);
    const last = marked.get(item);
    if (event.what.is === "done" && keys.has(item) && !(last && readMoment(last.at) > readMoment(event.at))) marked.set(item, event);
  }
  const latest = [...marked.values()].sort((one, other) => readMoment(one.at) - readMoment(other.at)).at(-1);
  return latest ? readWall(latest.at) : new Date();
}
