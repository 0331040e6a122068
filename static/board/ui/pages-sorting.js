// Bringing pages into another order by dragging their pictures.

/** @typedef {{may: () => boolean, drop: (page: string, to: number) => void}} Sorting */

const DRAG_PIXELS = 6;
/** A finger that moves at once scrolls; one that rests takes hold. */
const HOLD_MS = 350;

/** @param {HTMLElement} list @param {Sorting} sorting */
export function sortByDrag(list, { may, drop }) {
  list.addEventListener("pointerdown", (event) => {
    const item = event.target instanceof HTMLElement ? event.target.closest("li") : null;
    const isPicture = event.target instanceof HTMLElement && event.target.closest(".page-picture");
    if (!item || !isPicture || event.button !== 0 || !may()) return;
    follow(list, /** @type {HTMLElement} */ (item), event, drop);
  });
}

/** @param {HTMLElement} list @param {HTMLElement} item @param {PointerEvent} from @param {Sorting["drop"]} drop */
function follow(list, item, from, drop) {
  const until = new AbortController();
  const { signal } = until;
  let dragged = false;
  let to = -1;
  const isTouch = from.pointerType === "touch";
  const hold = isTouch ? setTimeout(() => (dragged = true), HOLD_MS) : 0;
  const end = () => {
    clearTimeout(hold);
    until.abort();
    item.removeAttribute("data-dragged");
    for (const each of list.children) each.removeAttribute("data-drop");
  };
  window.addEventListener(
    "pointermove",
    (event) => {
      const way = Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY);
      if (isTouch && !dragged && way > DRAG_PIXELS) end();
      else if (dragged || way > DRAG_PIXELS) {
        dragged = true;
        item.setAttribute("data-dragged", "");
        to = placeAt(list, item, event);
      }
    },
    { signal },
  );
  window.addEventListener(
    "touchmove",
    (event) => dragged && event.cancelable && event.preventDefault(),
    { signal, passive: false },
  );
  window.addEventListener("pointercancel", end, { signal });
  window.addEventListener(
    "pointerup",
    () => {
      end();
      if (!dragged || to < 0) return;
      // What was dragged isn't clicked as well.
      list.addEventListener("click", stopIt, { capture: true, once: true });
      setTimeout(() => list.removeEventListener("click", stopIt, true));
      drop(String(item.dataset.page), to);
    },
    { signal },
  );
}

/** @param {Event} event */
function stopIt(event) {
  event.preventDefault();
  event.stopPropagation();
}

/** Among the others, counted from 0; shown by a line. @param {HTMLElement} list @param {HTMLElement} item @param {{clientX: number, clientY: number}} at */
function placeAt(list, item, { clientX, clientY }) {
  const others = [...list.children].filter((each) => each !== item);
  const lies = getComputedStyle(list).flexDirection === "row";
  const middle = (/** @type {globalThis.Element} */ each) => {
    const { left, top, width, height } = each.getBoundingClientRect();
    return lies ? left + width / 2 : top + height / 2;
  };
  const at = lies ? clientX : clientY;
  const place = others.filter((each) => middle(each) < at).length;
  others.forEach((each, i) => {
    if (i === place) each.setAttribute("data-drop", "before");
    else if (i === place - 1 && place === others.length) each.setAttribute("data-drop", "after");
    else each.removeAttribute("data-drop");
  });
  return place;
}
