/** All highlights, notes and bookmarks of the course on the page of progress, by lesson. */
import { makeActions, makeButton, makeStatus } from "../controls";
import { defineElement } from "../element";
import { make, makeLink } from "../make";
import { say } from "../texts";
import { Keeping } from "./keeping";
import { writeMarkdown, type Chapter } from "./markdown";
import { listMarks, type Mark } from "./reading";
import { sayDate } from "./saying";
import { sayKind, sayPlace } from "./naming";
import { loadStyle } from "./sheet-style";

defineElement("tb-marks", async (element, signal) => {
  const [keeping] = await Promise.all([Keeping.open(), loadStyle()]);
  if (signal.aborted) return false;
  const body = make("div");
  const status = makeStatus();
  let chapters: readonly Chapter[] = [];
  const download = makeButton(say("marks.export"), signal, () => offerFile(writeMarkdown(chapters)));
  const actions = makeActions(download);
  const heading = make("h2", "", say("marks.title"));
  heading.id = "notes";
  heading.tabIndex = -1;
  element.append(heading, body, actions, status);
  const remove = async (mark: Mark): Promise<void> => {
    await keeping.remove(mark);
    status.textContent = say("marks.deleted");
    // The button that was pressed is gone.
    heading.focus();
  };
  let turn = 0;
  const update = async (): Promise<void> => {
    const now = ++turn;
    const marks = listMarks(await keeping.read());
    if (now !== turn || signal.aborted) return;
    chapters = sortByLesson(marks);
    actions.hidden = chapters.length === 0;
    body.replaceChildren(...(chapters.length > 0 ? chapters.flatMap((chapter) => showChapter(chapter, signal, remove)) : [make("p", "", say("marks.none"))]));
  };
  keeping.record.addEventListener("change", () => void update(), { signal });
  await update();
  return true;
});

/** In the order of the course; lessons that it no longer has come last, under the title that they had. */
function sortByLesson(marks: readonly Mark[]): Chapter[] {
  const lessons = [...document.querySelectorAll<HTMLElement>("tb-progress li[data-module]")];
  const order = lessons.map((lesson) => lesson.dataset["module"] ?? "");
  const rank = (module: string): number => (order.includes(module) ? order.indexOf(module) : order.length);
  const modules = [...new Set(marks.map(({ module }) => module))].sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
  return modules.map((module) => {
    const [link, own] = [lessons[order.indexOf(module)]?.querySelector("a"), marks.filter((mark) => mark.module === module)];
    const title = link?.firstChild?.textContent?.trim() || own.at(-1)?.what.title || module;
    return { title, address: link?.href, marks: own.sort(byPlace) };
  });
}

function byPlace(one: Mark, other: Mark): number {
  const start = ({ what }: Mark): number => (what.is === "highlight" ? what.position.start : -1);
  return start(one) - start(other) || (one.at < other.at ? -1 : 1);
}

function showChapter({ title, address, marks }: Chapter, signal: AbortSignal, remove: (mark: Mark) => Promise<void>): Node[] {
  const heading = make("h3", "", address ? makeLink(address, title) : title);
  const gone = address ? [] : [make("p", "", say("marks.gone"))];
  const entries = marks.map((mark) => {
    const words = mark.what.is === "highlight" ? [make("blockquote", "", mark.what.quote.exact)] : [];
    const note = mark.note ? [make("p", "tb-mine-note", mark.note)] : [];
    const go = address ? [makeLink(address + (mark.what.section ? `#${encodeURIComponent(mark.what.section)}` : ""), say("marks.go"))] : [];
    const drop = makeButton(say("marks.delete"), signal, () => void remove(mark), "tb-quiet");
    for (const control of [...go, drop]) control.setAttribute("aria-label", `${control.textContent}: ${sayPlace(mark)}`);
    const kind = [sayKind(mark), mark.what.heading, sayDate(mark.at)].filter(Boolean).join(" · ");
    return make("li", "", make("p", "tb-mine-kind", kind), ...words, ...note, makeActions(...go, drop));
  });
  return [heading, ...gone, make("ul", "tb-mine-list", ...entries)];
}

function offerFile(text: string): void {
  const link = makeLink(URL.createObjectURL(new Blob([text], { type: "text/markdown" })), "");
  link.download = `${say("marks.file")}-${new Date().toISOString().slice(0, 10)}.md`;
  link.click();
  URL.revokeObjectURL(link.href);
}
