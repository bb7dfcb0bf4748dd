import { say } from "./texts";

/** A button on every block of code that copies it. */
export function offerCopies(): void {
  for (const block of document.querySelectorAll<HTMLElement>("article .highlight")) {
    const code = block.querySelector("code");
    if (!code || !navigator.clipboard) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tb-copy";
    button.textContent = say("copy");
    button.addEventListener("click", () => {
      void navigator.clipboard.writeText(code.textContent ?? "").then(() => {
        button.textContent = say("copied");
        setTimeout(() => (button.textContent = say("copy")), 2000);
      });
    });
    block.append(button);
  }
}
