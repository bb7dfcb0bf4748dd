import { tell } from "../../browser/answers";
import { makeActions, makeButton, makeStatus, removeWhenGone, whenGone } from "../../browser/controls";
import { defineElement } from "../../browser/element";
import { say } from "../../browser/texts";
import { readCards } from "./cards";
import { Sitting } from "./sitting";

/** Shows one card at a time. What was not known yet comes back in the same sitting until it is. */
defineElement("tb-flashcards", (widget, signal) => {
  const deck = widget.querySelector("ol.tb-deck");
  const cards = readCards(widget);
  if (!deck || cards.length === 0) return false;

  const id = widget.closest(".tb-widget")?.id ?? "";
  const stage = document.createElement("div");
  stage.className = "tb-stage";
  const face = document.createElement("div");
  face.className = "tb-face";
  face.id = `${id}-face`;
  const back = document.createElement("div");
  back.className = "tb-reverse-side";
  back.tabIndex = -1;
  const status = makeStatus();
  let sitting = new Sitting(cards);

  const showFront = (): void => {
    const card = sitting.card;
    back.hidden = true;
    back.replaceChildren();
    miss.hidden = knew.hidden = true;
    turn.hidden = card === undefined;
    again.hidden = card !== undefined;
    face.replaceChildren(...(card ? card.makeFront() : []));
    status.textContent = sitting.describe();
  };
  const showBack = (): void => {
    const card = sitting.card;
    if (!card || !back.hidden) return;
    back.replaceChildren(...card.makeBack());
    back.hidden = miss.hidden = knew.hidden = false;
    turn.hidden = true;
    back.focus();
  };
  const grade = (known: boolean): void => {
    const card = sitting.card;
    if (!card || back.hidden) return;
    tell(widget, "tb-grade", { item: card.item, grade: known ? 3 : 1 });
    sitting.answer(known);
    showFront();
    (sitting.card ? turn : again).focus();
  };
  const turn = makeButton(say("flashcards.turn"), signal, showBack, "tb-main");
  const miss = makeButton(say("flashcards.miss"), signal, () => grade(false));
  const knew = makeButton(say("flashcards.knew"), signal, () => grade(true));
  const again = makeButton(
    say("flashcards.again"),
    signal,
    () => {
      sitting = new Sitting(cards);
      showFront();
      turn.focus();
    },
    "tb-main",
  );
  turn.setAttribute("aria-describedby", face.id);
  addKey(miss, "1");
  addKey(knew, "3");
  stage.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "1") grade(false);
    else if (event.key === "3") grade(true);
    else return;
    event.preventDefault();
  }, { signal });

  stage.append(status, face, back, makeActions(turn, miss, knew, again));
  deck.before(stage);
  removeWhenGone(signal, stage);
  whenGone(signal, () => (sitting = new Sitting([])));
  showFront();
  return true;
});

function addKey(button: HTMLButtonElement, key: string): void {
  const mark = document.createElement("kbd");
  mark.textContent = key;
  mark.setAttribute("aria-hidden", "true");
  button.append(" ", mark);
  button.setAttribute("aria-keyshortcuts", key);
}
