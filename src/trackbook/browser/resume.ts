import { openRecord, type LearnersRecord } from "./record/record";
import { readState } from "./record/state";
import { keyFor, recall, remember, root } from "./site";

interface Place {
  readonly address: string;
  readonly title: string;
}

/** No longer title is taken from a file. */
const LONGEST = 400;

/** A lesson is remembered as the place to go on from, with the section last read. */
export async function rememberPlace(): Promise<void> {
  const record = await openRecord();
  await adoptPlace(record);
  const { place } = await readState(record);
  followReader(place, (now) => void keepPlace(record, now));
  noteReturn(true);
}

/** Kept where pages can read it before they are first painted: the home page begins with what is right for who returns, and nothing moves. */
export function noteReturn(back: boolean): void {
  const { back: known, ...chosen } = recall<Record<string, string>>("appearance") ?? {};
  if (!!known === back) return;
  remember("appearance", back ? { ...chosen, back: "1" } : chosen);
  if (!back) delete document.documentElement.dataset["back"];
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
export function locate(address: string): URL | undefined {
  const url = URL.canParse(address, root.href) ? new URL(address, root) : undefined;
  return url?.href.startsWith(root.href) ? url : undefined;
}

/** A page that is left has no time to write to the record: the place lies beside it until it is there. */
async function keepPlace(record: LearnersRecord, now: Place): Promise<void> {
  remember("place", now);
  await record.note("", { is: "place", ...now });
  if (!record.trouble) localStorage.removeItem(keyFor("place"));
}

/** Takes a place into the record that lies beside it: from a page that was left, or from before there was a record. */
export async function adoptPlace(record: LearnersRecord): Promise<void> {
  const { address, title } = recall<Partial<Record<keyof Place, unknown>>>("place") ?? {};
  if (typeof address !== "string" || typeof title !== "string") return;
  const url = locate(address);
  const here = url?.href.slice(root.href.length);
  if (here !== undefined && (await readState(record)).place?.address !== here) await record.note("", { is: "place", address: here, title: title.slice(0, LONGEST) });
  if (!record.trouble) localStorage.removeItem(keyFor("place"));
}
