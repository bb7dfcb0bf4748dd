/** Lets a button be pressed again that was turned off at its press; the focus, which it lost by that, comes back. */
export function turnOn(button: HTMLButtonElement): void {
  button.disabled = false;
  if (document.activeElement === document.body) button.focus();
}

/** A button that does `act` when pressed, as long as `signal` lasts; `tb-main` is the one that leads on, `tb-quiet` a way aside. */
export function makeButton(label: string, signal: AbortSignal, act: () => void, kind = ""): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `tb-button ${kind}`.trim();
  button.textContent = label;
  button.addEventListener("click", act, { signal });
  return button;
}

/** A row of buttons. */
export function makeActions(...buttons: readonly HTMLElement[]): HTMLDivElement {
  const actions = document.createElement("div");
  actions.className = "tb-actions";
  actions.append(...buttons);
  return actions;
}

/** The one sentence of a widget that screen readers say when it changes. */
export function makeStatus(): HTMLParagraphElement {
  const status = document.createElement("p");
  status.className = "tb-status";
  status.setAttribute("role", "status");
  return status;
}

/** Runs `undo` when the widget leaves the page. */
export function whenGone(signal: AbortSignal, undo: () => void): void {
  signal.addEventListener("abort", undo, { once: true });
}

/** Removes `nodes` when the widget leaves the page. */
export function removeWhenGone(signal: AbortSignal, ...nodes: readonly ChildNode[]): void {
  whenGone(signal, () => {
    for (const node of nodes) node.remove();
  });
}
