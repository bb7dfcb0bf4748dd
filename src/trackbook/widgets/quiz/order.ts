import { makeButton } from "../../browser/controls";
import { say } from "../../browser/texts";
import { clearMarks, findWhy, mark, sayRight, type Place, type Question } from "./question";

/** Steps that move up and down. Where two change places the other one is moved, so that the focus stays where it is. */
export function readOrder(place: Place): Question | undefined {
  const { element, fieldset, signal } = place;
  const list = fieldset.querySelector(".tb-steps");
  const rows = list ? [...list.querySelectorAll<HTMLLIElement>(":scope > li")] : [];
  const right = [...element.querySelectorAll<HTMLLIElement>(".tb-right > li")].map((step) =>
    rows.find((row) => row.dataset["row"] === step.dataset["row"]),
  );
  if (!list || rows.length < 2 || right.length !== rows.length || right.includes(undefined)) return undefined;

  const current = (): Element[] => [...list.children];
  const number = (): void => {
    for (const [at, row] of current().entries()) {
      const shown = row.querySelector(".tb-place");
      if (shown) shown.textContent = String(at + 1);
      for (const [button, end] of [[".tb-up", 0], [".tb-down", rows.length - 1]] as const)
        row.querySelector(button)?.setAttribute("aria-disabled", String(at === end));
    }
  };
  /** On paper an order that nobody has touched leaves its boxes empty. */
  const write = (): void => {
    for (const [at, row] of current().entries()) row.querySelector("input")?.setAttribute("value", String(at + 1));
  };
  const move = (row: HTMLLIElement, step: string, up: boolean): void => {
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (other) row[up ? "after" : "before"](other);
    number();
    if (other) write();
    place.changed(say("quiz.order.place", { step, place: current().indexOf(row) + 1, total: rows.length }));
  };
  for (const row of rows) {
    const step = row.querySelector(".tb-step")?.textContent?.trim() ?? "";
    const shown = document.createElement("span");
    shown.className = "tb-place";
    row.prepend(shown);
    const tools = document.createElement("span");
    tools.className = "tb-tools";
    for (const [way, sign] of [["up", "↑"], ["down", "↓"]] as const) {
      const button = makeButton(sign, signal, () => move(row, step, way === "up"), `tb-${way}`);
      button.setAttribute("aria-label", say(`quiz.order.${way}`, { step }));
      tools.append(button);
    }
    row.append(tools);
  }
  number();
  signal.addEventListener("abort", () => {
    for (const part of list.querySelectorAll(".tb-place, .tb-tools")) part.remove();
  });
  return {
    judge() {
      write();
      const hits = current().map((row, at) => row === right[at]);
      for (const [at, row] of current().entries()) mark(row, hits[at] ?? false);
      const done = !hits.includes(false);
      const found = hits.filter(Boolean).length;
      return { right: done, says: done ? sayRight(true) : say("quiz.order.not_yet", { found, total: rows.length }), why: [findWhy(place)] };
    },
    clear: () => clearMarks(place),
    /** What was put in order is kept. */
    restart() {
      const at = current().findIndex((row, index) => row !== right[index]);
      list.children[Math.max(at, 0)]?.querySelector<HTMLButtonElement>(".tb-down")?.focus();
    },
    read: () => current().map((row) => (row as HTMLLIElement).dataset["row"]).join(),
    fill(value) {
      const places = value === "" ? [...rows.keys()].map(String) : value.split(",");
      const wanted = places.flatMap((at) => rows.find((row) => row.dataset["row"] === at) ?? []);
      if (new Set(wanted).size !== rows.length) return;
      list.append(...wanted);
      number();
      if (value !== "") write();
    },
  };
}
