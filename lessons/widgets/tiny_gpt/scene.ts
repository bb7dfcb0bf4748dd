import { make, makeActions, makeButton, say } from "trackbook";
import { drawFloors, placeStream, type Floor } from "./floors";
import type { Reading } from "./reading";
import type { State } from "./state";

const FRONT = { spin: -24, tilt: 62 };
const TURN = 12;
/** Degrees for each pixel of a drag. */
const DRAG = 0.4;
const KEYS: Readonly<Record<string, readonly [spin: number, tilt: number]>> = { ArrowLeft: [TURN, 0], ArrowRight: [-TURN, 0], ArrowUp: [0, TURN], ArrowDown: [0, -TURN] };

/** The model as floors above each other, to be turned, with the stream of one word rising through them. */
export class Scene {
  readonly node = make("div", "tb-scene");
  readonly #stage = make("div", "tb-stage");
  readonly #world = make("div", "tb-world");
  readonly #near = make("div", "tb-near-floor");
  readonly #text = make("p", "tb-floor-text");
  readonly #tell: (text: string) => void;
  readonly #up: HTMLButtonElement;
  readonly #down: HTMLButtonElement;
  #floors: Floor[] = [];
  #at = 0;
  #spin = FRONT.spin;
  #tilt = FRONT.tilt;

  constructor(signal: AbortSignal, tell: (text: string) => void) {
    this.#tell = tell;
    this.#stage.tabIndex = 0;
    this.#stage.setAttribute("role", "application");
    this.#stage.append(this.#world);
    this.#stage.addEventListener("keydown", (event) => this.#press(event), { signal });
    this.#stage.addEventListener("pointerdown", (event) => this.#drag(event, signal), { signal });
    this.#up = makeButton(say("tiny-gpt.up"), signal, () => this.#go(1), "tb-main");
    this.#down = makeButton(say("tiny-gpt.down"), signal, () => this.#go(-1));
    const turns = Object.entries(KEYS).map(([key, [spin, tilt]]) => {
      const button = makeButton({ ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" }[key] ?? "", signal, () => this.#turn(spin, tilt), "tb-turn");
      button.setAttribute("aria-label", say(`tiny-gpt.turn_${key.slice(5).toLowerCase()}`));
      return button;
    });
    const front = makeButton(say("tiny-gpt.front"), signal, () => this.#turn(FRONT.spin - this.#spin, FRONT.tilt - this.#tilt), "tb-quiet");
    const turning = makeActions(...turns, front);
    turning.dir = "ltr";
    this.node.append(this.#stage, turning, makeActions(this.#up, this.#down), this.#text, this.#near);
    this.#turn(0, 0);
  }

  focus(): void {
    this.#stage.focus();
  }

  show(reading: Reading, state: State): void {
    this.#floors = drawFloors(reading, state);
    this.#at = Math.min(this.#at, this.#floors.length - 1);
    this.#stage.setAttribute("aria-label", say("tiny-gpt.scene", { count: this.#floors.length }));
    const planes = this.#floors.map(({ drawing }, at) => {
      const plane = make("div", "tb-plane", drawing);
      plane.style.setProperty("--floor", String(at));
      return plane;
    });
    const streams = ["tb-stream", "tb-stream tb-across"].map((kind) => make("div", kind));
    this.#world.style.setProperty("--floors", String(this.#floors.length));
    this.#world.style.setProperty("--stream", `${(placeStream(reading) * 100).toFixed(2)}%`);
    this.#world.replaceChildren(...planes, ...streams);
    this.#mark();
  }

  #go(step: number): void {
    this.#at = Math.min(this.#floors.length - 1, Math.max(0, this.#at + step));
    this.#mark();
    this.#tell(this.#floors[this.#at]?.text ?? "");
  }

  #mark(): void {
    [...this.#world.querySelectorAll(".tb-plane")].forEach((plane, at) => plane.classList.toggle("tb-here", at === this.#at));
    this.#offer(this.#up, this.#down, this.#at < this.#floors.length - 1);
    this.#offer(this.#down, this.#up, this.#at > 0);
    const floor = this.#floors[this.#at];
    this.#text.textContent = say("tiny-gpt.floor", { number: this.#at + 1, count: this.#floors.length, text: floor?.text ?? "" });
    if (floor) this.#near.replaceChildren(floor.drawing.cloneNode(true));
  }

  /** A way that ends hands the focus to the other one. */
  #offer(one: HTMLButtonElement, other: HTMLButtonElement, isOpen: boolean): void {
    const isLeft = !isOpen && document.activeElement === one;
    one.disabled = !isOpen;
    if (!isLeft) return;
    other.disabled = false;
    other.focus();
  }

  #turn(spin: number, tilt: number): void {
    this.#spin += spin;
    this.#tilt = Math.min(90, Math.max(0, this.#tilt + tilt));
    this.#world.style.setProperty("--spin", `${this.#spin}deg`);
    this.#world.style.setProperty("--tilt", `${this.#tilt}deg`);
  }

  #press(event: KeyboardEvent): void {
    const turn = KEYS[event.key];
    if (!turn || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#turn(...turn);
  }

  #drag(down: PointerEvent, signal: AbortSignal): void {
    if (down.button !== 0) return;
    let [x, y] = [down.clientX, down.clientY];
    const end = new AbortController();
    const both = AbortSignal.any([signal, end.signal]);
    this.#stage.setPointerCapture(down.pointerId);
    this.#stage.classList.add("tb-dragged");
    const move = (event: PointerEvent): void => {
      this.#turn((x - event.clientX) * DRAG, (y - event.clientY) * DRAG);
      [x, y] = [event.clientX, event.clientY];
    };
    const stop = (): void => {
      this.#stage.classList.remove("tb-dragged");
      end.abort();
    };
    this.#stage.addEventListener("pointermove", move, { signal: both });
    for (const name of ["pointerup", "pointercancel"] as const) this.#stage.addEventListener(name, stop, { signal: both });
  }
}
