/** What its scenes are called in PNG and SVG. */
const SCENE = "application/vnd.excalidraw+json";

/** @type {import("../format.js").Format} */
export const excalidraw = {
  id: "excalidraw",
  label: () => "Excalidraw",
  extensions: [".excalidraw"],
  media: "application/json",

  fits(start, text, name) {
    const [first] = start;
    if (first === 0x89) return text().includes(SCENE);
    if (!/^[\s\ufeff]*[{<]/.test(new TextDecoder().decode(start))) return false;
    return (
      name.endsWith(".excalidraw") ||
      /^\s*\{\s*"type"\s*:\s*"excalidraw/.test(text().slice(0, 200)) ||
      text().includes(`payload-type:${SCENE}`)
    );
  },

  async read(file) {
    const { excalidrawIn } = await import("../excalidraw-file.js");
    return excalidrawIn(file);
  },
};
