/** The navigation pane: closes when the keyboard leaves it, and shows the current lesson when it opens. */
export function bindDrawer(): void {
  const pane = document.querySelector<HTMLElement>("#tb-nav");
  if (!pane) return;
  const show = (): void => {
    const current = pane.querySelector<HTMLElement>("[aria-current]");
    if (current) pane.scrollTop = current.offsetTop - pane.clientHeight * 0.7;
  };
  pane.addEventListener("focusout", ({ relatedTarget }) => {
    if (pane.matches(":popover-open") && relatedTarget instanceof Node && !pane.contains(relatedTarget)) pane.hidePopover();
  });
  pane.addEventListener("toggle", show);
  show();
}
