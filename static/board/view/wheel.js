// The wheel and the touchpad: they move the view, and zoom it with Ctrl.

/** Wheel turns in lines or pages, as pixels. */
const LINE_PIXELS = 18;
const PAGE_PIXELS = 400;
const ZOOM_PER_WHEEL_PIXEL = 0.01;
/** One notch of a mouse wheel is 100 pixels or more; unbounded it would zoom by e in one go. */
const WHEEL_ZOOM_MAX = 30;

/** @param {import("../core/camera.js").Camera} camera @param {WheelEvent} event */
export function turnWheel(camera, event) {
  event.preventDefault();
  const unit = event.deltaMode === 1 ? LINE_PIXELS : event.deltaMode === 2 ? PAGE_PIXELS : 1;
  const { clientX: px, clientY: py } = event;
  // Browsers report a pinch on a touchpad as a wheel with Ctrl.
  if (event.ctrlKey || event.metaKey) {
    const turn = Math.max(-WHEEL_ZOOM_MAX, Math.min(WHEEL_ZOOM_MAX, event.deltaY * unit));
    camera.zoomAt(px, py, Math.exp(-turn * ZOOM_PER_WHEEL_PIXEL));
    return;
  }
  const sideways = event.shiftKey && event.deltaX === 0;
  camera.panBy(
    -(sideways ? event.deltaY : event.deltaX) * unit,
    sideways ? 0 : -event.deltaY * unit,
  );
}
