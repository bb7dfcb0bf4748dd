/**
 * Bundles scripts, styles and fonts into a folder: `node build.mjs FOLDER`. Prints what it made as JSON.
 * build_hook.py calls this and puts the folder in place; names are hashes of contents, so equal sources give equal files.
 */
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { subsetMathFont } from "./math-font.mjs";

const here = import.meta.dirname;
const root = resolve(here, "../../..");
const widgets = join(root, "src/trackbook/widgets");
const pages = join(root, "overrides/styles/pages");
const out = resolve(process.argv[2]);

/** Needed to draw the first lines of every page: the reading text and the headings. */
const PRELOAD = ["source-serif-4-latin-wght-normal", "figtree-latin-wght-normal"];
/** The first browsers with light-dark(), nesting and cascade layers. */
const TARGET = ["chrome123", "firefox120", "safari17.5"];

async function widgetsWith(file) {
  const names = await readdir(widgets, { withFileTypes: true });
  return names.filter((entry) => entry.isDirectory() && existsSync(join(widgets, entry.name, file))).map((entry) => entry.name).sort();
}

/** A folder is a Python package, so that it has an underscore where a name has a hyphen. */
const nameOf = (folder) => folder.replaceAll("_", "-");

/** Modules that exist only in a build: the widgets found on disk, sheets that load on demand, and the math font cut to size. */
const virtual = {
  name: "virtual",
  setup(build) {
    build.onResolve({ filter: /^trackbook:/ }, ({ path }) => ({ path, namespace: "trackbook" }));
    build.onLoad({ filter: /^trackbook:elements$/, namespace: "trackbook" }, async () => {
      const loaders = (await widgetsWith("element.ts")).map((name) => `"tb-${nameOf(name)}": () => import("./${name}/element.ts")`);
      return { contents: `export const elements = {${loaders.join()}};`, resolveDir: widgets };
    });
    build.onLoad({ filter: /^trackbook:(search|marks|dialog)\.css$/, namespace: "trackbook" }, async ({ path }) => {
      const sheet = join(root, "overrides/styles", path.slice("trackbook:".length));
      const { outputFiles } = await build.esbuild.build({ entryPoints: [sheet], bundle: true, minify: true, target: TARGET, write: false });
      return { contents: outputFiles[0].contents, loader: "file" };
    });
    build.onLoad({ filter: /^trackbook:(overlay|reading|count|done|tick)\.css$/, namespace: "trackbook" }, async ({ path }) => {
      const sheet = join(root, "overrides/styles", path.slice("trackbook:".length));
      const { outputFiles } = await build.esbuild.build({ entryPoints: [sheet], bundle: true, minify: true, target: TARGET, write: false });
      return { contents: outputFiles[0].text, loader: "text" };
    });
    build.onLoad({ filter: /^trackbook:stix-two-math\.woff2$/, namespace: "trackbook" }, async () => {
      const whole = join(here, "node_modules/@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2");
      return { contents: await subsetMathFont(whole), loader: "file" };
    });
  },
};

/** Small modules that most parts use. By itself, esbuild would make each a file, and so a request, of its own. */
const SHARED = ["address", "answers", "controls", "element", "headings", "make", "numbers", "site", "texts", "record/form", "record/limits", "record/wall"];
/** What every part that knows the learner's record needs, likewise. */
const RECORD = ["record/event", "record/record", "record/state", "record/trouble"];

/** Every part that pages load by itself names all that such parts share: used together everywhere, it becomes one file. */
const together = {
  name: "together",
  setup(build) {
    build.onResolve({ filter: /^[./]/ }, async ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import" && !(kind === "entry-point" && /^(api|main)\.ts$/.test(basename(path)))) return undefined;
      return { path: relative(here, resolve(resolveDir, path)).replaceAll("\\", "/"), namespace: "part" };
    });
    build.onLoad({ filter: /./, namespace: "part" }, ({ path }) => {
      const shared = /^(re(cord|view)|marks|search\/learner)\b/.test(path) ? [...SHARED, ...RECORD] : SHARED;
      const contents = [`export * from "./${path}";`, ...shared.map((name) => `import "./${name}";`)];
      return { contents: contents.join("\n"), resolveDir: here };
    });
  },
};

/** Where pages are files, Pagefind is loaded in another way, and nothing has to be kept for later. */
const relatively = {
  name: "relatively",
  setup(build) {
    build.onResolve({ filter: /^\.\/pagefind$/ }, () => ({ path: join(here, "search/relative-pagefind.ts") }));
    build.onResolve({ filter: /^\.\/offline$/ }, ({ path }) => ({ path, namespace: "none" }));
    build.onLoad({ filter: /./, namespace: "none" }, () => ({ contents: "" }));
  },
};

const OPTIONS = {
  absWorkingDir: root,
  outdir: out,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  target: TARGET,
  minify: true,
  metafile: true,
  loader: { ".woff2": "file" },
  nodePaths: [join(here, "node_modules")],
  preserveSymlinks: true, // wherever the packages lie, their names in the hashes are the same
  legalComments: "none",
  charset: "utf8",
  plugins: [virtual, together],
  logLevel: "warning",
};

/** Mermaid writes its rules into a `<style>`, which the policy forbids: diagrams/drawing.ts takes them. What few ask for and is heavy stays out. */
const RULES = 'style1.innerHTML = rules;\n  svg.insertBefore(style1, firstChild);';
const MOTION = "svg.appendChild(style);";
const LEFT_OUT = /^(elkjs|katex)\b/;
const mermaid = {
  name: "mermaid",
  setup(build) {
    const replace = async (path, from, to) => {
      const text = await readFile(path, "utf8");
      if (text.split(from).length !== 2) throw new Error(`${path} no longer holds "${from}" once: see what it does with styles now`);
      return { contents: text.replace(from, to), loader: "js" };
    };
    build.onLoad({ filter: /mermaid[/\\]dist[/\\]mermaid\.core\.mjs$/ }, ({ path }) => replace(path, RULES, "globalThis.tbAdoptRules(rules);"));
    build.onLoad({ filter: /mermaid\.core[/\\]chunk-DQASFODM\.mjs$/ }, ({ path }) => replace(path, MOTION, "globalThis.tbAdoptRules(style.textContent);"));
    build.onResolve({ filter: LEFT_OUT }, ({ path }) => ({ path, namespace: "left-out" }));
    build.onLoad({ filter: /./, namespace: "left-out" }, () => ({ contents: 'throw new Error("this is left out of Trackbook");' }));
  },
};

/** They stand at the site's root under one name for ever, by which browsers ask for newer ones. */
const WORKERS = ["farewell-worker", "service-worker"];

/** The kinds of page with a sheet of their own, which other pages need not load; `widgets` is for pages that have some, `rtl` for those that run from right to left. */
async function pageKinds() {
  return (await readdir(pages)).sort().map((file) => basename(file, ".css"));
}

/**
 * Modules that load each other and the sheets, one plain script that runs before the first paint, one that holds all for pages without
 * a server, the workers, and what only `trackbook serve` shows.
 */
async function bundle() {
  const entryPoints = { trackbook: join(here, "main.ts"), api: join(here, "api.ts"), "trackbook-style": join(root, "overrides/styles/index.css") };
  for (const kind of await pageKinds()) entryPoints[`page-${kind}`] = join(pages, `${kind}.css`);
  for (const name of await widgetsWith("element.css")) entryPoints[`widget-${name}`] = join(widgets, name, "element.css");
  const site = await build({ ...OPTIONS, entryPoints, splitting: true, format: "esm" });
  const early = await build({ ...OPTIONS, entryPoints: { appearance: join(here, "appearance.ts") }, format: "iife" });
  const alone = { entryPoints: { relative: join(here, "relative.ts") }, format: "iife", plugins: [virtual, relatively], define: { "import.meta.url": "document.currentScript.src" } };
  const relative = await build({ ...OPTIONS, ...alone });
  const workers = Object.fromEntries(WORKERS.map((name) => [name, join(here, `${name}.ts`)]));
  await build({ ...OPTIONS, entryPoints: workers, entryNames: "[name]", format: "iife" });
  await build({ ...OPTIONS, entryPoints: [join(here, "overlay.ts")], entryNames: "[name]", format: "esm" });
  const diagrams = await build({ ...OPTIONS, entryPoints: { diagrams: join(here, "diagrams/entry.ts") }, outdir: join(out, "diagrams"), splitting: true, format: "esm", plugins: [mermaid] });
  await writeLicensesOf(Object.keys(diagrams.metafile.inputs));
  const drawing = await build({ ...OPTIONS, entryPoints: { "relative-diagrams": join(here, "diagrams/entry.ts") }, format: "iife", plugins: [mermaid] });
  return Object.assign({}, ...[site, early, relative, diagrams, drawing].map(({ metafile }) => metafile.outputs));
}

/** The pictures that links are shown with are drawn with signs that pages leave to the reader's own fonts. */
async function copyCardFont() {
  const whole = join(here, "node_modules/@fontsource-variable/figtree/files/figtree-latin-ext-wght-normal.woff2");
  await copyFile(whole, join(out, "card-latin-ext.woff2"));
}

/** The fonts' license asks to travel with them. */
async function writeLicenses() {
  const packages = ["@fontsource-variable/atkinson-hyperlegible-next", "@fontsource-variable/figtree", "@fontsource-variable/jetbrains-mono", "@fontsource-variable/source-serif-4", "@fontsource/stix-two-math"];
  const texts = packages.map(async (name) => `${name}\n\n${await readFile(join(here, "node_modules", name, "LICENSE"), "utf8")}`);
  await writeFile(join(out, "font-licenses.txt"), (await Promise.all(texts)).join("\n\n"));
}

/** So do those of what draws diagrams: of each package with a file in the bundle. */
async function writeLicensesOf(inputs) {
  const packages = new Set(inputs.flatMap((path) => [...path.matchAll(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/g)].map(([folder]) => folder)));
  const texts = [...packages].sort().map(async (folder) => {
    const about = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"));
    const file = (await readdir(join(root, folder))).find((name) => /^licen[sc]e/i.test(name));
    return `${about.name}\n\n${file ? await readFile(join(root, folder, file), "utf8") : about.license}`;
  });
  await writeFile(join(out, "diagrams", "licenses.txt"), (await Promise.all(texts)).join("\n\n"));
}

await mkdir(out, { recursive: true });
const outputs = await bundle();
await writeLicenses();
await copyCardFont();

const files = (await readdir(out)).filter((file) => file !== "diagrams").sort();
const entry = (source, extension) =>
  Object.entries(outputs).filter(([path, { entryPoint }]) => path.endsWith(extension) && entryPoint?.endsWith(source)).map(([path]) => `assets/${basename(path)}`);
/** What a module imports, and what that does: named ahead on a page, all of it comes in one turn. */
function importsOf(path, found = new Set()) {
  for (const { path: next, kind } of outputs[path].imports) {
    if (kind !== "import-statement" || found.has(next)) continue;
    found.add(next);
    importsOf(next, found);
  }
  return [...found];
}
const ahead = (source, itself) =>
  Object.keys(outputs).filter((path) => path.endsWith(".js") && outputs[path].entryPoint?.endsWith(source)).flatMap((path) => [...(itself ? [path] : []), ...importsOf(path)]).map((path) => `assets/${basename(path)}`);
console.log(
  JSON.stringify({
    styles: entry("styles/index.css", ".css"),
    pages: Object.fromEntries((await pageKinds()).map((kind) => [kind, entry(`pages/${kind}.css`, ".css")])),
    widgets: Object.fromEntries((await widgetsWith("element.css")).map((name) => [nameOf(name), entry(`widgets/${name}/element.css`, ".css")])),
    early: entry("appearance.ts", ".js"),
    scripts: entry("main.ts", ".js"),
    imports: ahead("main.ts", false),
    answering: ahead("quiz/element.ts", true),
    api: entry("api.ts", ".js"),
    relative: [...entry("relative.ts", ".js"), ...entry("diagrams/entry.ts", ".js").filter((path) => path.includes("relative-"))],
    workers: WORKERS.map((name) => `assets/${name}.js`),
    diagrams: entry("diagrams/entry.ts", ".js").filter((path) => !path.includes("relative-")).map((path) => path.replace("assets/", "assets/diagrams/")),
    preload: PRELOAD.map((font) => `assets/${files.find((file) => file.startsWith(font))}`),
    files: files.map((file) => `assets/${file}`),
  }),
);
