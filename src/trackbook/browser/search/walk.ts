import { make } from "../make";
import { say } from "../texts";

/** The arrow keys' way through the dialog: the field, then every link and button below it; what is typed on one goes on in the field. */
export class Walk {
  /** `skipped` are parts that the arrow keys pass by, so that the first step leads to the best result. */
  constructor(
    private readonly field: HTMLElement,
    private readonly body: HTMLElement,
    private readonly skipped: () => readonly HTMLElement[],
  ) {}

  press(event: KeyboardEvent): void {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") this.step(key === "ArrowDown" ? 1 : -1);
    else if (document.activeElement === this.field) return;
    else if (key === "Home" || key === "End") this.list().at(key === "Home" ? 1 : -1)?.focus();
    else {
      const types = key === "Backspace" || (key.length === 1 && key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey);
      if (types) this.field.focus();
      return;
    }
    event.preventDefault();
  }

  private list(): HTMLElement[] {
    const skipped = this.skipped();
    const stops = [...this.body.querySelectorAll<HTMLElement>(":is(a, button):not([hidden] *, [hidden])")];
    return [this.field, ...stops.filter((stop) => !skipped.some((part) => part.contains(stop)))];
  }

  private step(by: number): void {
    const stops = this.list();
    const here = stops.indexOf(document.activeElement as HTMLElement);
    stops[Math.max(0, Math.min(stops.length - 1, here + by))]?.focus();
  }
}

/** What the keys do; screen readers tell that in their own way. */
export function makeKeys(): HTMLElement {
  const keys = make("p", "tb-search-keys");
  keys.setAttribute("aria-hidden", "true");
  for (const [names, does] of [["↓ ↑", "move"], [say("keys.name_enter"), "opens"], [say("keys.name_esc"), "closes"]] as const) {
    keys.append(make("span", "", ...names.split(" ").map(makeKey), ` ${say(`search.keys.${does}`)}`));
  }
  return keys;
}

function makeKey(name: string): HTMLElement {
  const key = make("kbd", "", name);
  // Until the dialog's sheet is there, the page's own would ask for the face of code, 40 kB.
  key.style.fontFamily = "inherit";
  return key;
}
