/** How the style of its older pictures begins. */
const OLDER = 'text {font-family:"Arial"}';

/** @type {import("../format.js").Format} */
export const wbo = {
  id: "wbo",
  label: () => "WBO",
  extensions: [".svg"],
  media: "image/svg+xml",

  fits(start) {
    const head = new TextDecoder().decode(start);
    if (!/^[\s\ufeff]*(?:<\?xml[^>]*>\s*)?<svg\b/.test(head)) return false;
    return (
      head.includes('data-wbo-format="') ||
      (head.includes('id="canvas"') && head.includes('id="drawingArea"')) ||
      head.includes(OLDER)
    );
  },

  async read(file) {
    const { readWbo } = await import("../wbo-reading.js");
    return readWbo(await file.text());
  },
};
