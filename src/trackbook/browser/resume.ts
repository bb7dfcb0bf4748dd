import { recall, remember, root } from "./site";

interface Place {
  readonly address: string;
  readonly title: string;
}

/** A lesson is remembered as the place to go on from; the home page offers that place. */
export function offerResume(): void {
  if (document.body.classList.contains("tb-lesson")) {
    const title = document.querySelector("h1")?.firstChild?.textContent?.trim() ?? document.title;
    remember("place", { address: location.pathname.slice(root.pathname.length), title } satisfies Place);
  }
  const slot = document.querySelector<HTMLAnchorElement>("a.tb-resume");
  const place = recall<Place>("place");
  if (!slot || !place?.address || !place.title) return;
  slot.href = new URL(place.address, root).href;
  slot.querySelector(".tb-title")?.replaceChildren(place.title);
  slot.classList.add("tb-ready");
}
