import { defineElement, makeActions, makeButton, makeStatus, readState, removeWhenGone, say, whenGone, writeNumber, writeState } from "trackbook";
import { count, ORDERS, type Size } from "./counting";
import { makeFields, makeSelect, readSize, writeSize } from "./fields";

const BLOCK = ["norm", "attention", "feed_count"];
const OWN = "";

defineElement("tb-transformer-block", (widget, signal) => {
  const table = widget.querySelector(".tb-figures");
  const body = table?.querySelector("tbody");
  const id = widget.closest(".tb-widget")?.id;
  const models = [...widget.querySelectorAll<HTMLElement>(".tb-sources [data-state]")];
  const states = models.map(({ dataset }) => dataset["state"] ?? "");
  const first = readSize(states[0] ?? "");
  if (!table || !body || !id || !first) return false;
  const rows = new Map([...body.rows].map((row) => [row.dataset["part"] ?? "", row]));
  const status = makeStatus();
  let step = 0;

  const order = (size: Size): HTMLTableRowElement[] => (ORDERS[size.norm] ?? []).flatMap((part) => rows.get(part) ?? []);
  const draw = (size: Size): void => {
    const counts = count(size);
    const each = size.width / size.heads;
    const numbers: Record<string, unknown> = { ...size, each, ...counts };
    for (const one of widget.querySelectorAll<HTMLElement>("[data-figure]")) {
      const number = numbers[one.dataset["figure"] ?? ""];
      if (typeof number === "number") one.textContent = Number.isInteger(number) ? writeNumber(number) : `≈ ${writeNumber(number, 1)}`;
    }
    for (const one of widget.querySelectorAll<SVGRectElement>("[data-share]")) {
      const name = one.dataset["share"] ?? "";
      const whole = counts[BLOCK.includes(name) ? "block" : "total"] ?? 1;
      one.setAttribute("width", ((100 * (counts[name] ?? 0)) / whole).toFixed(2));
    }
    for (const name of [size.norm, size.positions])
      for (const one of widget.querySelectorAll<HTMLElement>(`span[data-${name}]`)) one.textContent = one.dataset[name] ?? "";
    Object.assign(widget.dataset, { norm: size.norm, positions: size.positions });
    const shown = order(size);
    if (shown.some((row, at) => body.rows[at] !== row)) body.append(...shown);
    shown.forEach((row, at) => (at === step ? row.setAttribute("aria-current", "step") : row.removeAttribute("aria-current")));
    fields.show(size);
    const state = writeSize(size);
    preset.value = states.includes(state) ? state : OWN;
    back.ariaDisabled = String(step === 0);
    next.ariaDisabled = String(step === shown.length - 1);
    writeState(id, state === states[0] && step === 0 ? undefined : `${state}_${step}`);
  };
  const change = (size: Size): void => {
    draw(size);
    const { total = 0, block = 1, feed_count: feed = 0 } = count(size);
    const key = size.width % size.heads ? "uneven" : "sum";
    const share = writeNumber((100 * feed) / block);
    const told = { total: writeNumber(total), block: writeNumber(block), layers: writeNumber(size.layers), share };
    status.textContent = say(`transformer-block.${key}`, { ...told, width: writeNumber(size.width), heads: writeNumber(size.heads) });
  };
  const walk = (by: number): void => {
    const size = fields.read();
    const shown = order(size);
    step = Math.min(shown.length - 1, Math.max(0, step + by));
    draw(size);
    const row = shown[step];
    const read = (selector: string): string => (row?.querySelector<HTMLElement>(selector)?.innerText ?? "").trim();
    status.textContent = say("transformer-block.at", { step: step + 1, of: shown.length, part: read(".tb-name"), says: read(".tb-says") });
  };

  const fields = makeFields(id, signal, () => change(fields.read()));
  const preset = makeSelect([...models.map(({ dataset }, at) => [states[at] ?? "", dataset["name"] ?? ""] as const), [OWN, say("transformer-block.own")]]);
  preset.id = `${id}-preset`;
  const label = document.createElement("label");
  const words = document.createElement("span");
  words.textContent = say("transformer-block.preset");
  label.append(words, " ", preset);
  fields.node.prepend(label);
  preset.addEventListener("change", (event) => {
    event.stopPropagation();
    change(readSize(preset.value) ?? fields.read());
  }, { signal });
  const back = makeButton(say("transformer-block.back"), signal, () => walk(-1));
  const next = makeButton(say("transformer-block.next"), signal, () => walk(1));
  const again = makeButton(say("transformer-block.again"), signal, () => {
    step = 0;
    change(first);
  }, "tb-quiet");
  const actions = makeActions(back, next, again);
  table.before(fields.node, actions, status);
  removeWhenGone(signal, fields.node, actions, status);
  whenGone(signal, () => {
    step = 0;
    draw(first);
    body.querySelector("[aria-current]")?.removeAttribute("aria-current");
  });
  const [, shared = "", at = ""] = /^(.*)_(\d)$/.exec(readState(id) ?? "") ?? [];
  const size = readSize(shared);
  if (size) step = Math.min(Number(at), rows.size - 1);
  change(size ?? first);
  return true;
});
