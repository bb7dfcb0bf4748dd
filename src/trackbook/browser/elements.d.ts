/** Written by build.mjs from the folders of src/trackbook/widgets that have an element.ts. */
declare module "trackbook:elements" {
  /** Tag name → loader of the module that defines it. */
  export const elements: Readonly<Record<string, () => Promise<unknown>>>;
}
