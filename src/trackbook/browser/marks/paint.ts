/** Puts color under words of the page. Where a browser has no highlights of its own, marks around the words do it. */
const NAMES = { same: "tb-mine", changed: "tb-mine-changed" } as const;

export type Look = keyof typeof NAMES;

const canPaint = "highlights" in CSS;

export function paint(looks: Readonly<Record<Look, readonly Range[]>>): void {
  for (const [look, name] of Object.entries(NAMES)) {
    const ranges = looks[look as Look];
    if (canPaint) CSS.highlights.set(name, new Highlight(...ranges));
    else for (const range of ranges) wrap(range, name);
  }
}

/** Takes away what was painted by marks, so that the text is as the page brought it. */
export function unpaint(article: Element): void {
  for (const mark of article.querySelectorAll(`mark:is(.${NAMES.same}, .${NAMES.changed})`)) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent?.normalize();
  }
}

/** Each text in the range by itself: links, formulas and lists stay whole. */
function wrap(range: Range, name: string): void {
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  if (range.commonAncestorContainer instanceof Text) texts.push(range.commonAncestorContainer);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (range.intersectsNode(node)) texts.push(node as Text);
  const { startContainer, startOffset, endContainer, endOffset } = range;
  for (const text of texts) {
    const to = text === endContainer ? endOffset : text.length;
    const from = text === startContainer ? startOffset : 0;
    if (from >= to || text.parentElement?.closest("math")) continue;
    const piece = document.createRange();
    piece.setStart(text, from);
    piece.setEnd(text, to);
    const mark = document.createElement("mark");
    mark.className = name;
    piece.surroundContents(mark);
  }
}
