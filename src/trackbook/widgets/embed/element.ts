import { makeButton, whenGone } from "../../browser/controls";
import { defineElement } from "../../browser/element";
import { make } from "../../browser/make";
import { say } from "../../browser/texts";

/** Loads the player when a learner asks for it, and nothing of its host before. */
defineElement("tb-embed", (widget, signal) => {
  const stage = widget.querySelector<HTMLElement>(".tb-screen");
  const { player, name } = widget.dataset;
  if (!stage || !player || !name) return false;

  const still = [...stage.childNodes];
  const play = makeButton(
    say("embed.play"),
    signal,
    () => {
      const frame = makeFrame(player, name);
      stage.replaceChildren(frame);
      widget.dataset["state"] = "playing";
      frame.focus();
    },
    "tb-main",
  );
  stage.append(play);
  whenGone(signal, () => {
    stage.replaceChildren(...still);
    delete widget.dataset["state"];
  });
  return true;
});

/** Players need their own scripts and storage; hosts of videos refuse who does not say which site shows them, so they hear its name alone. */
function makeFrame(player: string, name: string): HTMLIFrameElement {
  const frame = make("iframe");
  frame.title = name;
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox");
  frame.allow = "fullscreen; autoplay";
  frame.referrerPolicy = "strict-origin";
  frame.src = player;
  return frame;
}
