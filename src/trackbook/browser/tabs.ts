/** One tab of a set is always open: pressing it again does not close it, as it would by nature. */
export function keepTabsOpen(): void {
  document.addEventListener("click", (event) => {
    const summary = event.target instanceof Element && event.target.closest(".tb-tabbed > details[open] > summary");
    if (summary) event.preventDefault();
  });
}
