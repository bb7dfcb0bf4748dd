/** What a reader may choose of a page's looks: numbers are properties of styles, words are data of `<html>`. */
export const CHOICES = ["theme", "type", "keys", "size", "width", "spacing"] as const;

/** Shows a choice at once; what is none takes it back. */
export function show(name: string, value: unknown): void {
  const { dataset, style } = document.documentElement;
  if (!value || typeof value !== "string") {
    delete dataset[name];
    style.removeProperty(`--tb-${name}`);
  } else if (+value > 0) style.setProperty(`--tb-${name}`, value);
  else dataset[name] = value;
}
