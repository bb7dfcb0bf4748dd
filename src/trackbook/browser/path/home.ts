import { defineElement } from "../element";
import { make, makeLink } from "../make";
import { countToday } from "../record/wall";
import type { State } from "../record/replay";
import { readState } from "../record/state";
import { openWatchedRecord } from "../record/trouble";
import { noteReturn } from "../resume";
import { Deck } from "../review/deck";
import { listWaiting } from "../review/queue";
import { locate, recall, remember } from "../site";
import { say } from "../texts";
import { chooseLesson } from "./onward";
import { findStand, locatePlace, readPage, type Stand } from "./place";
import { readStations, showStations, type Station } from "./stations";

/** What the first screen says to who returns. */
interface Way {
  readonly label: string;
  readonly headline: string;
  readonly stopped: readonly (Node | string)[];
  readonly href: string;
  readonly button: string;
  /** Stands in the button as long as the headline is not shown. */
  readonly title: string;
  readonly time: string;
}

/** The first screen of the home page: to who returns it shows the lesson they were in, and leads there. */
class Home {
  readonly #stations = readStations();
  readonly #button: HTMLAnchorElement | null;
  readonly #aside: HTMLAnchorElement | null;
  readonly #first: readonly Node[];
  readonly #begins: string;
  readonly #headline = make("h2");
  #turn = 0;

  constructor(readonly element: HTMLElement) {
    this.#button = element.querySelector<HTMLAnchorElement>(".tb-loud");
    this.#aside = element.querySelector<HTMLAnchorElement>(".tb-all");
    this.#first = [...(this.#button?.childNodes ?? [])];
    this.#begins = this.#button?.href ?? "";
  }

  /** First what the record alone says; the section, the minutes and the cards come when their files have come. */
  show(state: State, deck: Promise<Deck | undefined>): void {
    const turn = ++this.#turn;
    const isNew = state.done.size === 0 && !(state.place && locate(state.place.address));
    showStations(this.#stations, state);
    noteReturn(!isNew);
    if (isNew) return this.#showFirst();
    this.#showNews();
    const [station, url] = this.#find(state);
    const place = station && state.places.get(station.key);
    this.#say(station || url ? this.#goOn(station, place, undefined, state, url) : this.#finish(0));
    if (station && place) {
      void readPage(station.address).then((page) => {
        const stand = findStand(page, place, station.minutes);
        if (turn === this.#turn && stand) this.#say(this.#goOn(station, place, stand, state, url));
      });
    }
    void deck.then((known) => {
      if (turn !== this.#turn || !known) return;
      const { count } = listWaiting(known, state, countToday(new Date()));
      if (station || url) this.#showDue(count);
      else this.#say(this.#finish(count));
    });
  }

  /** The lesson to go on with, or a place of this site that is no lesson of the list; neither when all is done. */
  #find(state: State): [Station | undefined, URL | undefined] {
    const at = this.#stations.find(({ key }) => state.place?.address.startsWith(`${key}/`));
    const elsewhere = state.place && !at ? locate(state.place.address) : undefined;
    return elsewhere ? [undefined, elsewhere] : [chooseLesson(this.#stations, state), undefined];
  }

  #goOn(station: Station | undefined, place: string | undefined, stand: Stand | undefined, state: State, url: URL | undefined): Way {
    if (!station) return { label: "", headline: state.place?.title ?? "", stopped: [], href: url?.href ?? "", button: say("home.go_on"), title: state.place?.title ?? "", time: "" };
    const { number, title, track, address, minutes } = station;
    const left = stand?.left ?? minutes;
    return {
      label: track,
      headline: title,
      stopped: stand ? [say("home.stopped", { title: stand.title })] : [],
      href: place ? locatePlace(address, place) : address,
      button: stand ? say("home.section", { number, section: stand.number }) : say("home.lesson", { number }),
      title,
      time: left ? say(stand ? "home.left" : "home.about", { count: left }) : "",
    };
  }

  #finish(count: number): Way {
    const planned = [...document.querySelectorAll<HTMLElement>("[data-planned]")].reduce((sum, { dataset }) => sum + Number(dataset["planned"]), 0);
    const { certificate, news, review } = this.element.dataset;
    if (certificate) this.#showBeside(certificate, say("home.certificate"));
    return {
      label: "",
      headline: say("home.all_done"),
      stopped: planned > 0 ? [`${say("home.planned", { count: planned })} `, news ? makeLink(news, say("home.tells")) : ""] : [],
      href: new URL(review ?? "", location.href).href,
      button: count > 0 ? say("home.due", { count }) : say("home.review"),
      title: say("home.none_open"),
      time: "",
    };
  }

  #say({ label, headline, stopped, href, button, title, time }: Way): void {
    const put = (selector: string, ...text: readonly (Node | string)[]): void => this.element.querySelector(selector)?.replaceChildren(...text);
    put(".tb-label", label);
    this.#headline.textContent = headline;
    if (!this.#headline.isConnected) this.element.querySelector(".tb-headline > div")?.append(this.#headline);
    put(".tb-stopped", ...stopped);
    if (!this.#button) return;
    this.#button.href = href;
    this.#button.replaceChildren(make("span", "tb-title", button), " ", make("span", "tb-minutes", make("bdi", "", title), ...(time ? [make("span", "", time)] : [])));
  }

  #showFirst(): void {
    this.#button?.replaceChildren(...this.#first);
    if (this.#button) this.#button.href = this.#begins;
    this.element.querySelector(".tb-due")?.replaceChildren();
  }

  /** Beside the button, in the place of all lessons, which stand below: what came since the learner was last told. */
  #showNews(): void {
    const { news, newest = "" } = this.element.dataset;
    const told = recall<string>("news");
    if (news && told && told < newest) this.#lead(news, say("home.news"), () => remember("news", newest));
    else if (newest) remember("news", newest);
  }

  #lead(href: string | undefined, text: string, follow?: () => void): void {
    if (!this.#aside || !href) return;
    this.#aside.href = href;
    this.#aside.textContent = text;
    this.#aside.onclick = follow ?? null;
  }

  #showDue(count: number): void {
    if (count > 0) this.#showBeside(this.element.dataset["review"] ?? "", say("home.due", { count }));
    else this.element.querySelector(".tb-due")?.replaceChildren();
  }

  #showBeside(href: string, text: string): void {
    this.element.querySelector(".tb-due")?.replaceChildren(makeLink(href, text));
  }
}

defineElement("tb-home", async (element, signal) => {
  const record = await openWatchedRecord();
  const home = new Home(element);
  const deck = Deck.load().catch(() => undefined);
  const update = async (): Promise<void> => home.show(await readState(record), deck);
  record.addEventListener("change", () => void update(), { signal });
  await update();
  return true;
});
