import { recall, remember } from "./site";

type Choices = Record<string, string>;

/** The radios in the header change the page at once and are kept for the next one. */
export function bindSettings(): void {
  const form = document.querySelector<HTMLFormElement>("#tb-settings");
  if (!form) return;
  const chosen = recall<Choices>("appearance") ?? {};
  for (const radio of form.querySelectorAll<HTMLInputElement>("input")) {
    radio.checked = radio.value === (chosen[radio.name] ?? "");
  }
  form.addEventListener("change", ({ target }) => {
    const { name, value } = target as HTMLInputElement;
    const page = document.documentElement.dataset;
    if (value) page[name] = chosen[name] = value;
    else {
      delete page[name];
      delete chosen[name];
    }
    remember("appearance", chosen);
  });
}
