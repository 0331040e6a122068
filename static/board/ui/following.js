// Following somebody: the camera goes with theirs, a frame in their colour says so, and any move of one's own ends it.

import { t } from "../core/translate.js";
import { FIRST_PAGE } from "../elements/sheet.js";
import { CameraFlight, lookOf } from "../view/camera-flight.js";
import { ALONE, nextFollowing } from "../view/following.js";
import { isComposing } from "../view/keyboard.js";
import { followBar } from "./following-bar.js";

/**
 * @typedef {import("../sync/company.js").Company} Company
 * @typedef {import("../sync/company-sender.js").CompanySender} CompanySender
 * @typedef {import("../sync/live-more.js").View} View
 * @typedef {import("../sync/session.js").Session} Session
 * @typedef {import("../view/camera-flight.js").Look} Look
 * @typedef {import("../view/following.js").FollowingEvent} FollowingEvent
 */

/** Whoever reconnects isn't gone. */
const GRACE_MS = 6000;
/** Long enough to find the way back. */
const BACK_MS = 20_000;

export class FollowingPlace {
  state = ALONE;
  /** What to do once the pen is up: the view doesn't move under a hand that draws. @type {(() => void) | null} */
  #held = null;
  /** Where one was before being brought elsewhere, and by whom. @type {{by: number, look: Look, page: string | undefined} | null} */
  #brought = null;
  /** The page in sight. @type {string | undefined} */
  #page;
  #goneTimer = 0;
  #silentTimer = 0;
  #backTimer = 0;
  #editor;
  #session;
  #company;
  #sender;
  #flight;
  #bar;

  /** @param {{editor: import("../editor.js").Editor, session: Session, company: Company, sender: CompanySender, still: () => boolean}} parts */
  constructor({ editor, session, company, sender, still }) {
    this.#editor = editor;
    this.#session = session;
    this.#company = company;
    this.#sender = sender;
    this.#page = editor.document.page;
    const { camera } = editor;
    this.#flight = new CameraFlight({
      camera,
      nextFrame: requestAnimationFrame.bind(window),
      still,
      taken: () => this.#moved(),
    });
    this.#bar = followBar();
    this.#watch();
    this.#presenting();
  }

  #watch() {
    const { camera } = this.#editor;
    this.#company.subscribe((event) => {
      if (event.type === "present") this.#presentersChanged(event.view === null && !event.said);
      if (event.type === "view" || (event.type === "present" && event.view))
        this.#lookAlong(event.slot, event.view);
      if (event.type === "page") this.#lookAlong(event.slot, this.#viewOf(event.slot));
      if (event.type === "summon") this.#summoned(event.slot, event.view);
    });
    this.#session.subscribe(({ type }) => {
      if (type === "people" || type === "state") this.#peopleChanged();
      if (type === "state" && this.state.type !== "alone") this.#presentersChanged(true);
      if (type === "board") this.#show();
    });
    let size = `${camera.width} ${camera.height}`;
    camera.subscribe(() => {
      const now = `${camera.width} ${camera.height}`;
      if (now === size && !this.#flight.steering) this.#moved();
      size = now;
    });
    this.#editor.pages?.subscribe(() => {
      const { page } = this.#editor.document;
      if (page !== this.#page && !this.#flight.steering) this.#moved();
      this.#page = page;
    });
    this.#editor.subscribe(({ type }) => {
      if ((type === "busy" || type === "writing") && !this.#isHeld) this.#release();
    });
    window.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || isComposing(event)) return;
      // It closes what lies open first.
      if (!document.querySelector("dialog[open], :popover-open")) this.#next({ type: "stop" });
    });
  }

  /** @param {number} person */
  follow(person) {
    if (this.#sender.presenting) this.present(false);
    this.#brought = null;
    this.#next({ type: "follow", person });
    const slots = this.#slotsOf(person);
    const slot = slots.find((each) => this.#viewOf(each)) ?? slots[0];
    if (slot !== undefined) this.#lookAlong(slot, this.#viewOf(slot));
  }

  /** @param {boolean} on */
  present(on) {
    if (!this.#sender.present(on)) return;
    this.#next(on ? { type: "leading" } : { type: "presenting", people: this.#presenters() });
    this.#show();
  }

  stop() {
    this.#flight.stop();
    this.#held = null;
    this.#next({ type: "stop" });
  }

  // -- what happens ----------------------------------------------------------------------------------

  /** @param {boolean} patient whether they, or this page, may only have lost the connection */
  #presentersChanged(patient) {
    clearTimeout(this.#silentTimer);
    if (!patient) this.#presenting();
    else {
      const look = () => {
        if (this.#session.state === "live") this.#presenting();
        else this.#presentersChanged(true);
      };
      this.#silentTimer = window.setTimeout(look, GRACE_MS);
    }
  }

  #presenting() {
    if (this.#sender.presenting) return;
    this.#next({ type: "presenting", people: this.#presenters() });
  }

  /** @param {number} slot @param {View | null} view null: it has not been heard of yet */
  #lookAlong(slot, view) {
    if (this.state.type !== "following") return;
    if (this.#session.people.get(slot)?.person !== this.state.person) return;
    this.#whenFree(() => {
      this.#turnTo(this.#pageOf(slot));
      if (view) this.#flight.flyTo(view);
    });
  }

  /** @param {number} slot */
  #viewOf(slot) {
    return this.#company.views.get(slot) ?? this.#company.presenters.get(slot)?.view ?? null;
  }

  /** @param {number} slot */
  #pageOf(slot) {
    return this.#company.pages.get(slot) ?? FIRST_PAGE;
  }

  /** To where somebody else is; the view comes with them. @param {string | undefined} page */
  #turnTo(page) {
    if (page === undefined) return;
    this.#flight.steering = true;
    this.#editor.pages?.turnTo(page, true);
    this.#flight.steering = false;
  }

  /** @param {number} slot @param {View} view */
  #summoned(slot, view) {
    const by = this.#session.people.get(slot)?.person;
    if (by === undefined || by === this.#session.you?.person || this.#sender.presenting) return;
    this.#whenFree(() => {
      this.#next({ type: "stop" });
      const { camera, document } = this.#editor;
      this.#brought ??= { by, look: lookOf(camera), page: document.page };
      this.#brought.by = by;
      this.#turnTo(this.#pageOf(slot));
      clearTimeout(this.#backTimer);
      this.#backTimer = window.setTimeout(() => this.#forgetWay(), BACK_MS);
      this.#flight.flyTo(view);
      this.#show();
    });
  }

  /** By this person, not by whom they follow. */
  #moved() {
    this.#flight.stop();
    this.#forgetWay();
    this.#next({ type: "stop" });
  }

  #forgetWay() {
    clearTimeout(this.#backTimer);
    if (!this.#brought) return;
    this.#brought = null;
    this.#show();
  }

  #goBack() {
    const { look, page } = this.#brought ?? {};
    this.#forgetWay();
    this.#turnTo(page);
    if (look) this.#flight.flyToLook(look);
  }

  #peopleChanged() {
    const { state } = this;
    clearTimeout(this.#goneTimer);
    if (state.type === "alone" || this.#session.state !== "live") return;
    if (this.#slotsOf(state.person).length > 0) this.#show();
    else {
      const { person } = state;
      this.#goneTimer = window.setTimeout(() => this.#next({ type: "gone", person }), GRACE_MS);
    }
  }

  // -- how -------------------------------------------------------------------------------------------

  get #isHeld() {
    return this.#editor.busy || this.#editor.writing !== null;
  }

  /** @param {() => void} act */
  #whenFree(act) {
    if (this.#isHeld) this.#held = act;
    else act();
  }

  #release() {
    const act = this.#held;
    this.#held = null;
    act?.();
  }

  #presenters() {
    const slots = [...this.#company.presenters.keys()];
    const people = slots.flatMap((slot) => this.#session.people.get(slot)?.person ?? []);
    return people.filter((person) => person !== this.#session.you?.person);
  }

  /** @param {number} person */
  #slotsOf(person) {
    const found = [...this.#session.people.values()].filter((one) => one.person === person);
    return found.map(({ slot }) => slot);
  }

  /** @param {FollowingEvent} event */
  #next(event) {
    const next = nextFollowing(this.state, event, this.#presenters());
    if (next === this.state) return;
    this.state = next;
    // Another flight on its way, to where a link leads, would look like a move of one's own.
    if (next.type === "following") this.#flight.take();
    else {
      this.#flight.stop();
      this.#held = null;
    }
    this.#show();
  }

  #show() {
    const { state } = this;
    if (this.#sender.presenting) {
      const stop = { label: t("Stop"), run: () => this.present(false) };
      this.#bar.show({ words: t("You are presenting"), action: stop, frame: null });
    } else if (state.type === "following") this.#showFollowed(state);
    else if (this.#brought) this.#showBrought(this.#brought.by);
    else if (state.type === "apart") {
      const { person } = state;
      const label = t("Return to {name}", { name: this.#nameOf(person) });
      this.#bar.show({ words: "", action: { label, run: () => this.follow(person) }, frame: null });
    } else this.#bar.hide();
  }

  /** @param {{person: number, because: "choice" | "presenting"}} state */
  #showFollowed({ person, because }) {
    const name = this.#nameOf(person);
    const words =
      because === "choice" ? t("Following {name}", { name }) : t("{name} is presenting", { name });
    const frame = this.#someone(person)?.color ?? "grey";
    this.#bar.show({ words, action: { label: t("Stop"), run: () => this.stop() }, frame });
  }

  /** @param {number} by */
  #showBrought(by) {
    const words = t("{name} brought you here", { name: this.#nameOf(by) });
    this.#bar.show({ words, action: { label: t("Back"), run: () => this.#goBack() }, frame: null });
  }

  /** @param {number} person */
  #someone(person) {
    return [...this.#session.people.values()].find((one) => one.person === person);
  }

  /** @param {number} person */
  #nameOf(person) {
    return this.#bar.nameOf(this.#someone(person)?.name);
  }
}
