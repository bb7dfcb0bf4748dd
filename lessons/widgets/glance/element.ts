import { defineElement, makeButton, readState, removeWhenGone, say, whenGone, writeState } from "trackbook";
import { makeRadios } from "../attention_map/choices";
import { rank, writePercent } from "../attention_map/weights";
import { drawArc, LEAST, shade } from "./drawing";

/** What its script and the build agree on. */
const SCALE = 10_000;

defineElement("tb-glance", (widget, signal) => {
  const said = widget.querySelector<HTMLElement>(".tb-said");
  const foot = widget.querySelector<HTMLElement>(".tb-foot");
  const twins = [...widget.querySelectorAll<HTMLInputElement>(".tb-twin input")];
  const words = [...widget.querySelectorAll<HTMLElement>(".tb-screen > ol > li")];
  const sides = [...widget.querySelectorAll("svg > g")].map((side) => [...side.children]);
  const { id } = widget.parentElement ?? widget;
  if (!said || !foot || twins.length < 2 || sides.length < 2 || words.length === 0) return false;

  const shares = JSON.parse(widget.dataset["shares"] ?? "[]") as number[][][];
  const focus = Number(widget.dataset["focus"]);
  const spans = words.map(({ dataset }) => Number(dataset["span"]));
  const names = words.map((word) => twins.map((_, side) => (word.querySelector(`.tb-name .tb-side-${side}`) ?? word.querySelector(".tb-name"))?.textContent ?? ""));
  const choices = words.filter((word) => !word.classList.contains("tb-marks"));
  const places = choices.map((word) => word.querySelector<HTMLElement>(".tb-name")!);
  const look = document.createElement("p");
  look.className = "tb-look";
  look.setAttribute("role", "status");
  let word = focus;

  const readSide = (): number => twins.findIndex(({ checked }) => checked);
  const draw = (): void => {
    words.forEach((one, at) => one.classList.toggle("tb-from", at === word));
    sides.forEach((paths, side) => {
      const row = shares[side]![word]!.map((share) => share / SCALE);
      paths.forEach((path, to) => Object.entries(drawArc(row[to]!, word, to, spans)).forEach(([name, value]) => path.setAttribute(name, value)));
      words.forEach((one, to) => {
        const place = one.querySelector<HTMLElement>(`.tb-share.tb-side-${side}`)!;
        place.textContent = row[to]! >= LEAST ? writePercent(row[to]!) : "";
        place.dataset["shade"] = shade(row[to]!);
      });
    });
    radios[choices.indexOf(words[word]!)]!.checked = true;
    said.toggleAttribute("data-look", word !== focus);
    reset.classList.toggle("tb-unused", word === focus && readSide() === 0);
  };
  /** The words below say it of the focus; of any other word it is said here, and aloud of both. */
  const tell = (): void => {
    const side = readSide();
    const row = shares[side]![word]!;
    const [one = 0, two = 0] = rank(row);
    const name = (at: number): string => names[at]![side] || say("glance.marks");
    const fields = { word: name(word), own: twins[side]!.labels![0]!.textContent.trim(), one: name(one), first: writePercent(row[one]! / SCALE), two: name(two), second: writePercent(row[two]! / SCALE) };
    look.textContent = word === focus ? (said.children[side]?.textContent ?? "") : say("glance.looks", fields);
  };
  const change = (next: number): void => {
    word = next;
    draw();
    tell();
    writeState(id, word === focus && readSide() === 0 ? undefined : `${word}_${readSide()}`);
  };
  const labels = choices.map((one) => say("glance.from", { word: one.querySelector(".tb-name")!.textContent.trim().replace(/\s+/g, " / ") }));
  const { radios, undo } = makeRadios(places, `${id}-word`, labels, signal, () => change(words.indexOf(choices[radios.findIndex(({ checked }) => checked)]!)));
  const goBack = (): void => {
    twins[0]!.checked = true;
    change(focus);
    twins[0]!.focus();
  };
  const reset = makeButton(say("glance.reset"), signal, goBack, "tb-quiet");
  for (const twin of twins) twin.addEventListener("change", () => change(word), { signal });
  foot.append(reset);
  said.append(look);
  removeWhenGone(signal, reset, look);
  const [shared = -1, side = -1, ...more] = (readState(id) ?? "").split("_").map(Number);
  const isState = more.length === 0 && choices.includes(words[shared]!) && twins[side];
  if (isState) twins[side]!.checked = true;
  word = isState ? shared : focus;
  draw();
  if (isState) tell();
  whenGone(signal, () => {
    word = focus;
    draw();
    undo();
  });
  return true;
});
