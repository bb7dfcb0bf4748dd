/** One text of two that differ in colors alone, and in the numbers by which Mermaid counts: each color follows the page's scheme. */
const COLOR = /(#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([^)]*\))/gi;

/** The light text, in which each color that the dark one has otherwise is both; undefined where more differs. */
export function joinColors(light: string, dark: string): string | undefined {
  const [ours, theirs] = [light.split(COLOR), dark.split(COLOR)];
  const alike = ours.length === theirs.length && ours.every((part, at) => at % 2 === 1 || uncount(part) === uncount(theirs[at]));
  if (!alike) return undefined;
  return ours.map((part, at) => (at % 2 === 1 && part !== theirs[at] ? `light-dark(${part}, ${theirs[at]})` : part)).join("");
}

function uncount(text: string | undefined): string {
  return (text ?? "").replace(/\d+/g, "0");
}
