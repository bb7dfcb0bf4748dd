import { forget, locate, remember, root } from "./site";

interface Place {
  readonly address: string;
  readonly title: string;
}

/** Milliseconds after which a reader no longer only passes by. */
const REST = 2000;

/** No longer title is taken from a file. */
const LONGEST = 400;

/** A lesson is remembered as the place to go on from, with the section last read; the home page offers that place. */
export async function offerResume(): Promise<void> {
  const slot = document.querySelector<HTMLAnchorElement>("a.tb-resume");
  if (!slot && !document.body.classList.contains("tb-lesson")) return;
  const [{ openRecord }, { readState }] = await Promise.all([import("./record/record"), import("./record/state")]);
  const record = await openRecord();
  const { place } = await readState(record);
  if (slot && place) showPlace(slot, place);
  const note = async (now: Place): Promise<void> => {
    // A page that is left is gone before a database has answered: the next page then finds the place here (record/left.ts).
    remember("place", now);
    await record.note("", { is: "place", ...now });
    forget("place");
  };
  if (!slot) followReader(place, (now) => void note(now));
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
  const passed = [...document.querySelectorAll("article h2[id]")].filter((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
  const id = passed.at(-1)?.id;
  return id ? `#${encodeURIComponent(id)}` : "";
}
