/** The one script of pages that open as files, where there are neither modules nor `fetch`: `main.ts` with what stands in for these. */
import "./companions";
import * as api from "./api";
import "./main";
import { root } from "./site";

/** The scripts of a course's own widgets follow, and take from here what others import from "trackbook". */
Object.assign(globalThis, { trackbook: api });

/** Without a server a folder shows its list of files. The build named the pages in its links; those that scripts make are led on here. */
function leadOn({ target }: Event): void {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;
  if (link?.href.startsWith(root.href) && link.pathname.endsWith("/")) link.pathname += "index.html";
}

for (const reaching of ["pointerdown", "click"]) addEventListener(reaching, leadOn, { capture: true });
