/** Waits until the browser has shown what was changed. */
export function showPicture(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
