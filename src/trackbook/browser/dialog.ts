import sheet from "trackbook:dialog.css";
import { make } from "./make";
import { root } from "./site";
import { say } from "./texts";

let styled: Promise<unknown> | undefined;

/** A native dialog with a heading and a way out, gone when it is closed. It opens once its look is there, so that nothing jumps. */
export async function openDialog(title: string, kind: string, ...content: readonly (Node | string)[]): Promise<HTMLDialogElement> {
  styled ??= loadSheet();
  await styled;
  const heading = make("h2", "", title);
  heading.id = "tb-dialog-title";
  const close = make("button", "tb-icon", document.querySelector(".tb-close svg")?.cloneNode(true) ?? "×");
  close.type = "button";
  close.setAttribute("aria-label", say("dialog.close"));
  const dialog = make("dialog", `tb-dialog ${kind}`, heading, ...content, close);
  dialog.setAttribute("aria-labelledby", heading.id);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Without its look a dialog is still one. */
function loadSheet(): Promise<unknown> {
  const link = make("link");
  link.rel = "stylesheet";
  link.href = new URL(`assets/${sheet}`, root).href;
  const loaded = new Promise((yes) => (link.onload = link.onerror = yes));
  document.head.append(link);
  return loaded;
}
