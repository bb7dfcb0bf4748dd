import { defineElement, makeStatus, readState, removeWhenGone, say, whenGone, writeNumber, writeState } from "trackbook";
import { makeControls, type Move } from "./controls";
import { Drawing } from "./drawing";
import { BYTES, listSteps, writeBytes, type Step } from "./encoding";
import { makeLoader, type Loaded } from "./loading";
import { spell } from "./spelling";

/** The merges made, where not all are, then the text: "12.Any text". */
const STATE = /^(\d*)\.([^]*)$/;

defineElement("tb-tokenizer", (widget, signal) => {
  const printed = widget.querySelector(".tb-text");
  const list = widget.querySelector(".tb-tokens");
  const table = widget.querySelector(".tb-figures");
  const id = widget.closest(".tb-widget")?.id;
  const { vocabulary, vectors, load: size = "", longest = "" } = widget.dataset;
  if (!printed || !list || !table || !id || !vocabulary) return false;
  const first = printed.textContent;
  const count = widget.querySelectorAll(".tb-merges > li").length;
  const load = makeLoader(vocabulary, vectors);
  const status = makeStatus();
  let drawing: Drawing | undefined;
  let steps: readonly Step[] = [];
  let bytes = writeBytes(first);
  let step = count;
  let whole = count;

  const take = ({ vocabulary, rows }: Loaded): void => {
    drawing ??= new Drawing(widget, vocabulary, rows);
    bytes = writeBytes(controls.text.value);
    steps = listSteps(vocabulary, bytes);
    whole = steps.length;
    drawing.showMerges(steps);
  };
  const draw = (): void => {
    const made = steps[step - 1];
    drawing?.show(controls.text.value, bytes, made?.ids ?? bytes, step < whole && made ? BYTES + made.merge : undefined);
    controls.show(step, whole);
    const text = controls.text.value;
    writeState(id, text === first && step === whole ? undefined : `${step === whole ? "" : step}.${text}`);
  };
  const speak = (): void => {
    const made = steps[step - 1];
    const left = writeNumber(drawing ? (made?.ids.length ?? bytes.length) : list.children.length);
    if (!made || !drawing || step === whole) {
      const key = bytes.length === 0 ? "empty" : step === whole ? "whole" : "none_made";
      status.textContent = say(`tokenizer.${key}`, { merges: writeNumber(whole), bytes: writeNumber(bytes.length), left });
      return;
    }
    const { merges, tokens } = drawing.vocabulary;
    const [one, other, merged] = [...(merges[made.merge] ?? [0, 0]), BYTES + made.merge].map((token) => spell(tokens[token] ?? []).shown);
    const fields = { step: writeNumber(step), of: writeNumber(whole), one: one ?? "", other: other ?? "", merged: merged ?? "" };
    status.textContent = say("tokenizer.made", { ...fields, id: BYTES + made.merge, left });
  };
  /** Whatever a learner does waits for the vocabulary, which comes when it is first needed. */
  const act = (change: (loaded: Loaded) => void): void => {
    if (!drawing) status.textContent = say("tokenizer.loading", { size });
    load().then(
      (loaded) => {
        if (signal.aborted) return;
        change(loaded);
        draw();
        speak();
      },
      () => (status.textContent = say("tokenizer.failed")),
    );
  };
  const retype = (wanted = Infinity): void =>
    act((loaded) => {
      take(loaded);
      step = Math.min(wanted, whole);
    });
  const go = (move: Move): void =>
    act((loaded) => {
      if (!drawing) {
        take(loaded);
        step = whole;
      }
      step = Math.max(0, Math.min(whole, move(step)));
    });

  const again = (): void => {
    controls.text.value = first;
    retype();
  };
  const controls = makeControls(id, Number(longest), signal, () => retype(), go, again);
  controls.text.value = first;
  controls.show(step, whole);
  widget.addEventListener("focusin", () => void load().catch(() => undefined), { signal, once: true });
  speak();
  list.before(controls.node, status);
  removeWhenGone(signal, controls.node, status);
  whenGone(signal, () => {
    if (!drawing) return;
    controls.text.value = first;
    steps = listSteps(drawing.vocabulary, writeBytes(first));
    bytes = writeBytes(first);
    drawing.showMerges(steps);
    drawing.show(first, bytes, steps.at(-1)?.ids ?? bytes, undefined);
  });
  const shared = STATE.exec(readState(id) ?? "");
  if (shared && (shared[2] ?? "").length <= Number(longest)) {
    controls.text.value = shared[2] ?? "";
    retype(shared[1] ? Number(shared[1]) : Infinity);
  }
  return true;
});
