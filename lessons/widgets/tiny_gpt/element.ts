import { defineElement, loadJson, make, makeActions, makeButton, makeStatus, readState, removeWhenGone, say, turnOn, writeState } from "trackbook";
import { readModel, type ModelData } from "../transformer";
import { showPicture } from "./picture";
import { Page } from "./page";
import { readHead, readWhole, type State } from "./state";

defineElement("tb-tiny-gpt", (widget, signal) => {
  const figures = widget.querySelector<HTMLElement>(".tb-figures");
  const words = widget.querySelector<HTMLElement>(".tb-words");
  const id = widget.closest(".tb-widget")?.id;
  const { model: address, size = "", text = "", shown = "", bytes = "", examples = "[]" } = widget.dataset;
  const head = readHead(shown);
  if (!figures || !words || !id || !address || !head) return false;
  const first: State = { text, heads: [], links: [], head };
  const status = makeStatus();
  const bar = make("progress");
  bar.hidden = true;
  bar.setAttribute("aria-label", say("tiny-gpt.loading"));
  const load = makeButton(say("tiny-gpt.load", { size }), signal, () => void open(true), "tb-main");
  const row = make("div", "tb-load", makeActions(load), bar);

  /** Whoever asked for the model goes on with it; an address that brings a state moves nobody. */
  const open = async (isAsked: boolean): Promise<void> => {
    load.disabled = true;
    bar.hidden = false;
    await showPicture();
    try {
      const model = readModel(await loadJson<ModelData>(address, Number(bytes), signal, (part) => (bar.value = part)));
      await showPicture();
      const page = new Page({ widget, words, figures, status, first, signal }, model, JSON.parse(examples) as [string, string][]);
      page.onChange = (state) => writeState(id, state);
      row.replaceWith(page.controls);
      page.show(readWhole(readState(id) ?? "", first));
      if (isAsked && document.activeElement === document.body) page.focus();
    } catch (error) {
      if (signal.aborted) return;
      status.textContent = say("tiny-gpt.failed");
      turnOn(load);
      bar.hidden = true;
    }
  };

  words.previousElementSibling?.before(row);
  words.after(status);
  removeWhenGone(signal, row, status);
  if (readState(id) !== undefined) void open(false);
  return true;
});
