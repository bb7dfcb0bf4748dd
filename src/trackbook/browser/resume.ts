import type { LearnersRecord } from "./record/record";
import { keyFor, recall, root } from "./site";

interface Place {
  readonly address: string;
  readonly title: string;
}

/** No longer title is taken from a file. */
const LONGEST = 400;

/** A lesson is remembered as the place to go on from, with the section last read; the home page offers that place. */
export async function offerResume(showMarks: () => void): Promise<void> {
  const slot = document.querySelector<HTMLAnchorElement>("a.tb-resume");
  if (!slot && !document.body.classList.contains("tb-lesson")) return;
  const [{ openRecord }, { areHere, readState }] = await Promise.all([import("./record/record"), import("./record/state")]);
  const record = await openRecord();
  await adoptFormer(record);
  const { place, marks } = await readState(record);
  if (slot && place) showPlace(slot, place);
  if (!slot && areHere(marks)) showMarks();
  if (!slot) followReader(place, (now) => void record.note("", { is: "place", ...now }));
}

function showPlace(slot: HTMLAnchorElement, place: Place): void {
  const url = locate(place.address);
  if (!url) return;
  slot.href = url.href;
  slot.querySelector(".tb-title")?.replaceChildren(place.title);
  slot.classList.add("tb-ready");
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
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && look(here + findSection()));
}

/** The heading above what is on the screen, as a fragment. */
function findSection(): string {
  const passed = [...document.querySelectorAll("article h2[id]")].filter((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
  const id = passed.at(-1)?.id;
  return id ? `#${encodeURIComponent(id)}` : "";
}

/** A place below the site's home; undefined for any other. */
function locate(address: string): URL | undefined {
  const url = URL.canParse(address, root.href) ? new URL(address, root) : undefined;
  return url?.href.startsWith(root.href) ? url : undefined;
}

/** Until schema 1 of the record the place was a preference of its own. */
async function adoptFormer(record: LearnersRecord): Promise<void> {
  const { address, title } = recall<Partial<Record<keyof Place, unknown>>>("place") ?? {};
  if (typeof address !== "string" || typeof title !== "string") return;
  const url = locate(address);
  if (url) await record.note("", { is: "place", address: url.href.slice(root.href.length), title: title.slice(0, LONGEST) });
  if (!record.trouble) localStorage.removeItem(keyFor("place"));
}
