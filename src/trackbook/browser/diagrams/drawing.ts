/** Mermaid's drawings, in the page's own colors, and under a policy that allows no inline style. */
import mermaid from "mermaid";
import { nameScrollers } from "../scrollers";
import { joinColors } from "./colors";
import { type Scheme, readTheme } from "./theme";

interface Drawing {
  readonly svg: string;
  readonly rules: string;
}

/** Attributes that would be inline styles wait under this name until they can be set as what they are. */
const LATER = "data-style";
/** What Mermaid would write into a `<style>`; the build has it call this in its place (`build.mjs`). */
let rules = "";
globalThis.tbAdoptRules = (text) => {
  rules += text;
  preview.replaceSync(rules);
};
const preview = new CSSStyleSheet();

export async function drawDiagrams(diagrams: Iterable<HTMLElement>): Promise<void> {
  await document.fonts.ready;
  const restore = allowStyles();
  document.adoptedStyleSheets.push(preview);
  try {
    let number = 0;
    for (const diagram of diagrams) await drawDiagram(diagram, `tb-diagram-${++number}`);
  } finally {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== preview);
    restore();
  }
}

async function drawDiagram(diagram: HTMLElement, id: string): Promise<void> {
  const source = diagram.querySelector("code")?.textContent ?? "";
  try {
    const light = await draw(source, id, diagram, "light");
    const dark = await draw(source, id, diagram, "dark");
    const [svg, rules] = [joinColors(light.svg, dark.svg), joinColors(light.rules, dark.rules)];
    if (svg === undefined || rules === undefined) diagram.classList.add("tb-light");
    show(diagram, svg === undefined || rules === undefined ? light : { svg, rules });
  } catch (error) {
    console.warn("A diagram is shown as it was written:", error);
    document.getElementById(`d${id}`)?.remove();
  }
}

async function draw(source: string, id: string, diagram: HTMLElement, scheme: Scheme): Promise<Drawing> {
  rules = "";
  let seed = 1;
  Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    deterministicIds: true,
    htmlLabels: false,
    layout: "dagre",
    gantt: { useWidth: 660 },
    themeCSS: ".edgeLabel rect, .labelBkg { opacity: 1 }",
    theme: "base",
    fontFamily: "Figtree, sans-serif",
    ...readTheme(diagram, scheme),
  });
  const { svg } = await mermaid.render(id, source);
  return { svg, rules };
}

/** The drawing in the place of its code. Styles go in by ways that the policy leaves open: a sheet, and each element's own. */
function show(diagram: HTMLElement, { svg, rules }: Drawing): void {
  const parsed = new DOMParser().parseFromString(delayStyles(svg), "text/html").querySelector("svg");
  if (!parsed) return;
  for (const style of parsed.querySelectorAll("style")) style.remove();
  const drawing = document.importNode(parsed, true);
  for (const part of [drawing, ...drawing.querySelectorAll<SVGElement>(`[${LATER}]`)]) {
    part.style.cssText = part.getAttribute(LATER) ?? "";
    part.removeAttribute(LATER);
  }
  const { width } = drawing.viewBox.baseVal;
  drawing.setAttribute("width", `${Math.ceil(width)}`);
  drawing.removeAttribute("height");
  drawing.style.removeProperty("max-width");
  nameDrawing(drawing, diagram.dataset.title);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets.push(sheet);
  const frame = document.createElement("div");
  frame.className = "tb-scroll";
  frame.append(drawing);
  diagram.replaceChildren(frame);
  nameScrollers(diagram.parentElement ?? diagram);
}

/** By its own `accTitle`, else the title of its fence, else the words in it. */
function nameDrawing(drawing: SVGSVGElement, title: string | undefined): void {
  drawing.setAttribute("role", "img");
  if (drawing.hasAttribute("aria-labelledby")) return;
  const words = [...drawing.querySelectorAll("text")].map((text) => text.textContent?.trim()).filter(Boolean);
  drawing.setAttribute("aria-label", title ?? words.join(", ").slice(0, 200));
}

function delayStyles(markup: string): string {
  return markup.replaceAll(" style=", ` ${LATER}=`);
}

/**
 * While Mermaid draws, a style that it sets as an attribute is set as a style, which comes to the same, and one in markup that it looks
 * through waits; chance is the same each time, so that two drawings differ in colors alone. Returns how to end that.
 */
function allowStyles(): () => void {
  const { random } = Math;
  const { setAttribute } = Element.prototype;
  const { parseFromString } = DOMParser.prototype;
  DOMParser.prototype.parseFromString = function (this: DOMParser, markup: string, type: DOMParserSupportedType): Document {
    return parseFromString.call(this, delayStyles(`${markup}`), type);
  };
  Element.prototype.setAttribute = function (this: Element, name: string, value: string): void {
    if (name === "style" && "style" in this) (this as HTMLElement).style.cssText = value;
    else setAttribute.call(this, name, value);
  };
  return () => {
    Math.random = random;
    Element.prototype.setAttribute = setAttribute;
    DOMParser.prototype.parseFromString = parseFromString;
  };
}

declare global {
  var tbAdoptRules: (text: string) => void;
}
