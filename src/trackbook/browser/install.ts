import { make } from "./make";
import { say } from "./texts";

/** What Chrome and its kin tell a page that they could put among a device's apps; other browsers have it in their menus alone. */
interface InstallEvent extends Event {
  prompt(): Promise<{ readonly outcome: "accepted" | "dismissed" }>;
}

/** Offers to install the site on the page about reading offline, once the browser says that it can. It asks nobody by itself. */
export function offerInstall(): void {
  const slot = document.querySelector<HTMLElement>(".tb-install");
  if (!slot) return;
  // A page holds nothing that only works with a script.
  const button = slot.querySelector("button") ?? slot.appendChild(make("button", "tb-button", say("offline.install")));
  let asked: InstallEvent | undefined;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    asked = event as InstallEvent;
    slot.hidden = false;
  });
  button.addEventListener("click", () => {
    const answer = asked?.prompt();
    asked = undefined; // it asks once
    answer?.then(({ outcome }) => tell(button, say(`offline.install_${outcome}`)), () => tell(button, say("offline.install_dismissed")));
  });
}

/** Where the button was, so that nothing moves. */
function tell(button: HTMLElement, text: string): void {
  const place = button.parentElement;
  if (!place) return;
  place.setAttribute("role", "status");
  place.tabIndex = -1;
  place.textContent = text;
  place.focus();
}
