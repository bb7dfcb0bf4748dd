/** Written by build.mjs from the folders of src/trackbook/widgets that have an element.ts. */
declare module "trackbook:elements" {
  /** Tag name → loader of the module that defines it. */
  export const elements: Readonly<Record<string, () => Promise<unknown>>>;
}

/** Bundled by build.mjs from overrides/styles/search.css: a sheet that comes only with what needs it. */
declare module "trackbook:search.css" {
  const address: string;
  export default address;
}

/** The text of overrides/styles/count.css. */
declare module "trackbook:count.css" {
  const sheet: string;
  export default sheet;
}

/** Likewise of overrides/styles/done.css. */
declare module "trackbook:done.css" {
  const sheet: string;
  export default sheet;
}

/** Likewise of overrides/styles/tick.css. */
declare module "trackbook:tick.css" {
  const sheet: string;
  export default sheet;
}

/** Likewise of overrides/styles/dialog.css. */
declare module "trackbook:dialog.css" {
  const address: string;
  export default address;
}

/** The same of overrides/styles/marks.css. */
declare module "trackbook:marks.css" {
  const address: string;
  export default address;
}

/** The text of overrides/styles/overlay.css. */
declare module "trackbook:overlay.css" {
  const sheet: string;
  export default sheet;
}

/** The text of overrides/styles/reading.css. */
declare module "trackbook:reading.css" {
  const sheet: string;
  export default sheet;
}
