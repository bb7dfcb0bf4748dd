import { isList } from "./path/place";
import { openRecord } from "./record/record";
import { areHere, readState } from "./record/state";
import { forget, recall, remember, root } from "./site";

interface Place {
  readonly address: string;
  readonly title: string;
}

/** Milliseconds after which a reader no longer only passes by. */
const REST = 2000;

/** No longer title is taken from a file. */
const LONGEST = 400;

/** A lesson is remembered as the place to go on from, with the section last read; marks in it are shown. */
export async function rememberPlace(showMarks: () => void): Promise<void> {
  const record = await openRecord();
  const { place, marks } = await readState(record);
  if (areHere(marks)) showMarks();
  const note = async (now: Place): Promise<void> => {
    // A page that is left is gone before a database has answered: the next page then finds the place here (record/left.ts).
    remember("place", now);
    await record.note("", { is: "place", ...now });
    forget("place");
  };
  followReader(place, (now) => void note(now));
  noteReturn(true);
}

/** Kept where pages can read it before they are first painted: the home page begins with what is right for who returns, and nothing moves. */
export function noteReturn(back: boolean): void {
  if (back) {
    if (!recall("back")) remember("back", true);
  } else {
    forget("back");
    delete document.documentElement.dataset["back"];
  }
}

/** Notes the place when the page is opened, and once more when it is left at another section. */
function followReader(last: Place | undefined, note: (place: Place) => void): void {
  let noted = last?.address;
  const title = (document.querySelector("h1")?.firstChild?.textContent?.trim() ?? document.title).slice(0, LONGEST);
  const here = location.pathname.slice(root.pathname.length).replace(/(^|\/)index\.html$/, "$1");
  const look = (address: string): void => {
    if (address === noted) return;
    noted = address;
    note({ address, title });
  };
  if (!noted?.startsWith(here)) look(here);
  const find = followSections();
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && look(here + find()));
}

/** Gives the section that is read: at the top of the page, where the ways out are, the one in which the reader rested last. */
function followSections(): () => string {
  let [read, timer] = ["", 0];
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => (read = findSection() || read), REST);
  };
  addEventListener("scrollend", wait);
  wait();
  return () => findSection() || read;
}

/** The heading above what is on the screen, as a fragment. */
function findSection(): string {
  const headings = [...document.querySelectorAll("article h2[id]")];
  if (isList(headings.at(-1))) headings.pop();
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
  const id = passed.at(-1)?.id;
  return id ? `#${encodeURIComponent(id)}` : "";
}
