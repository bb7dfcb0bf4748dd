import sheet from "trackbook:marks.css";
import { make } from "../make";
import { root } from "../site";

let loaded: Promise<unknown> | undefined;

/** The sheet of all that marks show; resolves when it is there, or can't come. */
export function loadStyle(): Promise<unknown> {
  return (loaded ??= new Promise((resolve) => {
    const link = make("link");
    link.rel = "stylesheet";
    link.href = new URL(`assets/${sheet}`, root).href;
    link.onload = link.onerror = resolve;
    document.head.append(link);
  }));
}
