/** Looks at what a reader sees of the focus. `tbFocus.list()`: all that should be reached. `tbFocus.look()`: what has the focus now. */
window.tbFocus = (() => {
  const REACHABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1']), audio[controls], video[controls], iframe";
  const shown = { opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true };
  const known = new Map();
  const looks = new WeakMap();

  const describe = (element) => {
    const text = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    const name = element.localName + (element.id ? `#${element.id}` : [...element.classList].map((part) => `.${part}`).join(""));
    return `<${name}> “${text || element.value || ""}”`;
  };
  const identify = (element) => {
    if (!known.has(element)) known.set(element, known.size);
    return known.get(element);
  };
  const boxes = (element) => [...element.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
  const isShown = (element) => element.checkVisibility(shown) && boxes(element).length > 0;
  /** Of a group of radio buttons Tab reaches one. */
  const group = (element) =>
    element.type === "radio" && element.name ? `${element.form ? identify(element.form) : ""}:${element.name}` : "";

  /** What shows that an element has the focus: rings and fills of its own, of what is drawn before and after it, and of its label. */
  const readLook = (element) =>
    [element, ...(element.labels ?? [])].flatMap((one) =>
      ["", "::before", "::after"].map((part) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderTopColor } = getComputedStyle(one, part || null);
        const ring = outlineStyle === "none" ? "" : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
        return [ring, boxShadow, backgroundColor, borderTopColor].join("|");
      }),
    ).join("\n");

  const remember = () => {
    for (const element of document.querySelectorAll(REACHABLE)) if (element !== document.activeElement) looks.set(element, readLook(element));
  };

  const isHit = (element, x, y) => {
    const hit = document.elementFromPoint(x, y);
    if (!hit) return false;
    return element.contains(hit) || [...(element.labels ?? [])].some((label) => label.contains(hit));
  };

  /** Facts against the focused element, in words. Bigger than the screen, it need only show its beginning. */
  const faults = (element) => {
    const found = [];
    if (!isShown(element)) return ["can't be seen"];
    const all = boxes(element);
    const inView = all.filter(({ left, right, top, bottom }) => {
      const fits = bottom - top <= innerHeight * 0.8;
      return left >= -1 && right <= innerWidth + 1 && (fits ? top >= -1 && bottom <= innerHeight + 1 : top < innerHeight && bottom > 0);
    });
    if (inView.length < all.length) found.push("is not wholly in view");
    const covered = all.every(({ left, right, top, bottom }) => {
      const [from, to] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
      const inset = Math.min(3, (right - left) / 4, (to - from) / 4);
      const middle = [(left + right) / 2, (from + to) / 2];
      const upper = [left + (right - left) / 2, from + inset];
      const lower = [left + (right - left) / 2, to - inset];
      return ![middle, upper, lower].every(([x, y]) => isHit(element, x, y));
    });
    if (covered) found.push("is covered by something else");
    const { outlineStyle } = getComputedStyle(element);
    const before = looks.get(element);
    if (before === undefined ? outlineStyle === "none" : before === readLook(element)) found.push("does not show that it has the focus");
    return found;
  };

  const look = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    return { id: identify(element), group: group(element), name: describe(element), faults: faults(element) };
  };
  const list = () =>
    [...document.querySelectorAll(REACHABLE)]
      .filter((element) => !element.disabled && !element.closest("[inert]") && isShown(element))
      .map((element) => ({ id: identify(element), group: group(element), name: describe(element) }));
  return { look, list, remember };
})();
