import { say } from "../texts";
import { openRecord, type LearnersRecord } from "./record";

let notice: HTMLElement | undefined;
let watched = false;

/** The one record of this page, with a notice of every trouble that comes from now on. */
export async function openWatchedRecord(): Promise<LearnersRecord> {
  const record = await openRecord();
  if (!watched) record.addEventListener("trouble", () => announceTrouble(record));
  watched = true;
  // What is kept here already is at stake, whatever happens on this page.
  if (record.trouble === "damaged" || record.broken > 0) announceTrouble(record);
  return record;
}

/** Says once on a page, above its text, that what is done there is not kept, and why, or that not all can be read; says nothing any more when it is so no longer. */
export function announceTrouble(record: LearnersRecord): void {
  const { trouble, broken } = record;
  if (!trouble && broken === 0) {
    notice?.remove();
    notice = undefined;
    return;
  }
  const text = trouble ? say(`record.${trouble}`) : say("record.broken", { count: broken });
  if (notice?.textContent === text) return;
  notice ??= makeNotice();
  notice.textContent = text;
}

function makeNotice(): HTMLElement {
  const made = document.createElement("p");
  made.className = "tb-notice";
  made.setAttribute("role", "status");
  document.querySelector("main")?.prepend(made);
  return made;
}
