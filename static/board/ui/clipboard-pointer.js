// Where a mouse or a pen rests over the board: what is pasted comes there. A finger that has gone is nowhere.

/** In the window. @type {{x: number, y: number} | null} */
let place = null;

/** @param {HTMLElement} canvas */
export function followPointer(canvas) {
  for (const type of /** @type {const} */ (["pointermove", "pointerdown"]))
    canvas.addEventListener(type, ({ clientX, clientY }) => {
      place = { x: clientX, y: clientY };
    });
  canvas.addEventListener("pointerleave", () => {
    place = null;
  });
}

export function pointerPlace() {
  return place;
}
