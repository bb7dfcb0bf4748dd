import sheet from "trackbook:reading.css";
import { CHOICES, show } from "./choices";
import { make } from "./make";
import { isApart, recall, remember } from "./site";
import { say } from "./texts";

/** Each with the way it is told; the second value is what a page has by itself. */
const RANGES = [
  { name: "size", of: [0.8, 1, 1.8], step: 0.1, tell: (value: number) => write(value, { style: "percent" }) },
  { name: "width", of: [42, 66, 90], step: 4, tell: (value: number) => say("settings.letters", { count: value }) },
  { name: "spacing", of: [1.35, 1.65, 2.25], step: 0.15, tell: (value: number) => write(value, {}) },
] as const;
const RADIOS = [
  ["type", ["", "serif"], ["legible", "legible"]],
  ["theme", ["", "as_system"], ["light", "light"], ["dark", "dark"]],
  ["keys", ["", "keys_on"], ["off", "keys_off"]],
] as const;

/** Opens the settings below their button, which opens and closes them by itself from then on. */
export function openSettings(button: HTMLButtonElement): void {
  if (button.popoverTargetElement) return;
  const looks = new CSSStyleSheet();
  looks.replaceSync(sheet);
  document.adoptedStyleSheets.push(looks);
  const form = makeForm();
  button.after(form);
  button.popoverTargetElement = form;
  form.showPopover({ source: button });
}

function makeForm(): HTMLFormElement {
  const title = make("h2", "", say("settings.title"));
  title.id = "tb-settings-title";
  const status = make("p");
  status.setAttribute("role", "status");
  const reset = make("button", "", say("settings.reset"));
  reset.type = "reset";
  const form = make("form", "tb-settings", title, ...RANGES.map(makeRange), ...RADIOS.map(makeRadios), reset, status);
  form.id = "tb-settings";
  form.popover = "auto";
  form.setAttribute("aria-labelledby", title.id);
  fill(form);
  form.addEventListener("input", () => keep(form, status));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    fill(form, {});
    keep(form, status);
  });
  return form;
}

/** Buttons beside the slider are for fingers: by keyboard the arrow keys do the same. */
function makeRange({ name, of: [min, usual, max], step }: (typeof RANGES)[number]): HTMLElement {
  const input = make("input");
  Object.assign(input, { type: "range", id: `tb-${name}`, name, min, max, step, defaultValue: usual });
  const label = make("label", "", say(`settings.${name}`));
  label.htmlFor = input.id;
  const value = make("output");
  value.setAttribute("aria-hidden", "true");
  const turn = (sign: string, key: string, go: () => void): HTMLButtonElement => {
    const button = make("button", "", sign);
    Object.assign(button, { type: "button", tabIndex: -1, ariaLabel: say(`settings.${key}`, { name: say(`settings.${name}`) }) });
    button.addEventListener("click", () => {
      go();
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return button;
  };
  const less = turn("−", "less", () => input.stepDown());
  return make("div", `tb-range tb-${name}`, label, value, less, input, turn("+", "more", () => input.stepUp()));
}

function makeRadios([name, ...choices]: (typeof RADIOS)[number]): HTMLElement {
  const labels = choices.map(([value, text]) => {
    const radio = make("input");
    Object.assign(radio, { type: "radio", name, value });
    return make("label", "", radio, say(`settings.${text}`));
  });
  return make("fieldset", "", make("legend", "", say(`settings.${name}`)), ...labels);
}

/** Sets the controls to what was chosen. */
function fill(form: HTMLFormElement, chosen: Record<string, unknown> = recall<Record<string, unknown>>("appearance") ?? {}): void {
  for (const input of form.querySelectorAll("input")) {
    const value = chosen[input.name];
    if (input.type === "radio") input.checked = input.value === (value ?? "");
    else input.value = Number(value) > 0 ? String(value) : input.defaultValue;
  }
  tell(form);
}

/** Shows what is chosen now, and keeps it for the next page. */
function keep(form: HTMLFormElement, status: HTMLElement): void {
  tell(form);
  const chosen: Record<string, string> = {};
  for (const name of CHOICES) {
    const input = form.elements.namedItem(name);
    const value = input instanceof HTMLInputElement && input.value === input.defaultValue ? "" : String(new FormData(form).get(name) ?? "");
    show(name, value);
    if (value) chosen[name] = value;
  }
  status.textContent = remember("appearance", chosen) ? "" : say(isApart ? "record.apart" : "record.refused");
}

function tell(form: HTMLFormElement): void {
  for (const { name, tell } of RANGES) {
    const input = form.elements.namedItem(name) as HTMLInputElement;
    const text = tell(input.valueAsNumber);
    input.setAttribute("aria-valuetext", text);
    const value = input.parentElement?.querySelector("output");
    if (value) value.textContent = text;
  }
}

function write(value: number, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(document.documentElement.lang, options).format(value);
}
