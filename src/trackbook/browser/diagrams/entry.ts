/** Draws the diagrams of a page: pages without one don't load this, and what draws comes when the first is near the screen. */

/** Half a screen ahead, so that a diagram is ready when its reader arrives. */
const AHEAD = "50% 0px";
let begun = false;
const diagrams = document.querySelectorAll<HTMLElement>(".tb-diagram");

/** Once the code is here, all are drawn: the page may be printed. One that can't be drawn stays the code that it is. */
function drawAll(): void {
  if (begun) return;
  begun = true;
  observer.disconnect();
  import("./drawing").then(({ drawDiagrams }) => drawDiagrams(diagrams)).catch(() => undefined);
}

const observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && drawAll(), { rootMargin: AHEAD });
for (const diagram of diagrams) observer.observe(diagram);
addEventListener("beforeprint", drawAll);
