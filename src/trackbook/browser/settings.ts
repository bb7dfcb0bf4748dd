/** The reading settings come when "Aa" is first pressed; until then `appearance.ts` keeps to what was chosen before. */
export function bindSettings(): void {
  const button = document.querySelector<HTMLButtonElement>(".tb-aa");
  const load = () => import("./reading");
  button?.addEventListener("click", (event) => {
    if (button.popoverTargetElement) return;
    event.preventDefault(); // code that is there already may be done before the button itself acts, which would close them
    load().then(({ openSettings }) => openSettings(button)).catch(() => undefined);
  });
  for (const sign of ["pointerenter", "focus"]) button?.addEventListener(sign, () => void load().catch(() => undefined), { once: true });
}
