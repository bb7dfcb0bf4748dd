/** Long enough that a pointer on its way elsewhere opens nothing, and short enough to be met as an answer. */
const REST = 200;
/** Time to cross the gap from the word to its definition. */
const CROSSING = 150;

/**
 * A definition opens by its button alone; here also on keyboard focus and when the pointer rests on the word. Who only passes by with Tab
 * stops at the word once: the links of its definition are on the way when it was asked for, by Enter or a click.
 */
export function bindTerms(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button.tb-term")) {
    const box = button.popoverTargetElement;
    if (box instanceof HTMLElement) bindTerm(button, box);
  }
}

function bindTerm(button: HTMLButtonElement, box: HTMLElement): void {
  let timer = 0;
  let asked = false;
  const isWithin = (node: EventTarget | null): boolean => node instanceof Node && (button.contains(node) || box.contains(node));
  const wait = (time: number, act: () => void): void => {
    clearTimeout(timer);
    timer = window.setTimeout(act, time);
  };
  // A click by script makes the button the anchor of what it opens, in every browser. Only one by hand is a wish to keep it open.
  const open = (): void => button.click();
  const ask = (wish: boolean): void => {
    asked = wish;
    for (const link of box.querySelectorAll("a")) link.tabIndex = wish ? 0 : -1;
  };
  const leave = (): void => {
    if (!asked && !isWithin(document.activeElement)) box.hidePopover();
  };

  button.popoverTargetAction = "show";
  button.addEventListener("click", ({ isTrusted }) => {
    ask(asked || isTrusted);
    clearTimeout(timer);
  });
  box.addEventListener("toggle", (event) => event.newState === "closed" && ask(false));
  button.addEventListener("focus", () => button.matches(":focus-visible") && open());
  for (const part of [button, box]) {
    part.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !isWithin(relatedTarget)) box.hidePopover();
    });
    part.addEventListener("pointerenter", ({ pointerType }) => {
      if (pointerType === "mouse") wait(REST, open);
    });
    part.addEventListener("pointerleave", () => wait(CROSSING, leave));
  }
}
