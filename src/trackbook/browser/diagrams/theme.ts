/** The page's tokens in the names that Mermaid's theme has. */

export type Scheme = "light" | "dark";

const TOKENS = ["paper", "tint", "raised", "line", "text", "muted", "link", "accent", "good", "query", "warning", "error", "control"] as const;
type Palette = Record<(typeof TOKENS)[number], string>;

export function readTheme(place: HTMLElement, scheme: Scheme): { darkMode: boolean; themeVariables: Record<string, string | boolean> } {
  const { paper, tint, line, text, muted, accent, good, query, warning, control } = readPalette(place, scheme);
  const dark = scheme === "dark";
  const colors = [query, accent, good, warning, muted, control, query, accent, good, warning, muted, control];
  const series = colors.flatMap((color, at) => [[`pie${at + 1}`, color], [`git${at}`, color], [`gitBranchLabel${at}`, paper], [`cScale${at}`, color], [`cScaleLabel${at}`, paper]]);
  return {
    darkMode: dark,
    themeVariables: {
      darkMode: dark,
      fontFamily: "Figtree, sans-serif",
      fontSize: "15px",
      background: paper,
      mainBkg: tint,
      primaryColor: tint,
      primaryTextColor: text,
      primaryBorderColor: control,
      secondaryColor: paper,
      secondaryTextColor: text,
      secondaryBorderColor: control,
      tertiaryColor: paper,
      tertiaryTextColor: text,
      tertiaryBorderColor: line,
      lineColor: muted,
      textColor: text,
      titleColor: text,
      noteBkgColor: tint,
      noteTextColor: text,
      noteBorderColor: warning,
      edgeLabelBackground: paper,
      clusterBkg: paper,
      clusterBorder: control,
      actorBkg: tint,
      actorBorder: control,
      labelBoxBkgColor: tint,
      pieTitleTextColor: text,
      pieLegendTextColor: text,
      pieSectionTextColor: paper,
      pieStrokeColor: paper,
      pieOuterStrokeColor: control,
      pieOpacity: "1",
      dropShadow: "none",
      commitLabelColor: text,
      commitLabelBackground: tint,
      ...Object.fromEntries(series),
    },
  };
}

/** The tokens as they are where the diagram stands, in one scheme. */
function readPalette(place: HTMLElement, scheme: Scheme): Palette {
  const probe = document.createElement("span");
  probe.style.colorScheme = scheme;
  place.append(probe);
  const found = TOKENS.map((name) => {
    probe.style.color = `var(--tb-${name})`;
    return [name, toHex(getComputedStyle(probe).color)];
  });
  probe.remove();
  return Object.fromEntries(found) as Palette;
}

function toHex(color: string): string {
  const parts = color.match(/\d+/g)?.slice(0, 3) ?? [];
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
}
