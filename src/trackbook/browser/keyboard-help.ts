import { openDialog } from "./dialog";
import { make } from "./make";
import { say } from "./texts";

/** What a key does; with `letter` it can be turned off. The keys of one row stand beside each other, `+` between those pressed at once. */
interface Row {
  readonly keys: string;
  readonly does: string;
  readonly letter?: true;
  /** Where it does nothing. */
  readonly without?: string;
}

/** A sitting has the page to itself. */
const SITTING = "tb-review[data-sitting]";

/** Keys that bear a word of the language. */
const NAMED = new Set(["ctrl", "enter", "esc", "space", "tab"]);

/** Each part is for pages on which something matches its selector. */
const PARTS: readonly { readonly name: string; readonly where: string; readonly rows: readonly Row[] }[] = [
  {
    name: "keys.everywhere",
    where: "body",
    rows: [
      { keys: "/", does: "keys.search", letter: true, without: SITTING },
      { keys: "ctrl + K", does: "keys.search", without: SITTING },
      { keys: "?", does: "keys.help", letter: true },
      { keys: "tab", does: "keys.tab" },
      { keys: "esc", does: "keys.escape" },
    ],
  },
  {
    name: "keys.lesson",
    where: "body.tb-lesson tb-done",
    rows: [
      { keys: "M", does: "keys.mark", letter: true },
      { keys: "B", does: "keys.bookmark", letter: true },
    ],
  },
  { name: "keys.questions", where: "tb-quiz, tb-worked, tb-predict", rows: [{ keys: "↑ ↓", does: "keys.choose" }, { keys: "enter", does: "keys.check" }] },
  { name: "keys.cards", where: "tb-flashcards", rows: [{ keys: "1", does: "keys.miss" }, { keys: "3", does: "keys.knew" }] },
  {
    name: "keys.review",
    where: "tb-review",
    rows: [
      { keys: "space", does: "keys.turn", letter: true },
      { keys: "1 2 3 4", does: "keys.grade", letter: true },
      { keys: "U", does: "keys.undo", letter: true },
    ],
  },
  { name: "keys.figures", where: ".tb-scroll[tabindex]", rows: [{ keys: "← →", does: "keys.scroll" }] },
];

/** Shows the keys that work on this page, as it is now. */
export async function showKeys(): Promise<void> {
  if (document.querySelector("dialog[open]")) return;
  const lettersOff = document.documentElement.dataset["keys"] === "off";
  const works = ({ letter, without }: Row): boolean => !(letter && lettersOff) && !(without && document.querySelector(without));
  const parts = PARTS.filter(({ where }) => document.querySelector(where)).map(({ name, rows }) => ({ name, rows: rows.filter(works) }));
  const columns = parts.filter(({ rows }) => rows.length > 0).map(({ name, rows }) => make("section", "", make("h3", "", say(name)), make("dl", "", ...rows.map(makeRow))));
  await openDialog(say("keys.title"), "tb-keys-dialog", make("div", "tb-columns", ...columns), make("p", "tb-aside", say(lettersOff ? "keys.off" : "keys.on")));
}

function makeRow({ keys, does }: Row): HTMLElement {
  const shown = keys.split(" ").map((key) => (key === "+" ? "+" : make("kbd", "", NAMED.has(key) ? say(`keys.name_${key}`) : key)));
  return make("div", "", make("dt", "", ...shown), make("dd", "", say(does)));
}
