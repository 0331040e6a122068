/** @type {import("../format.js").Format} */
export const svg = {
  id: "svg",
  label: () => "SVG",
  extensions: [".svg"],
  media: "image/svg+xml",
  write: async (wanted) => (await import("../svg-making.js")).writeSvg(wanted),

  fits: (start) =>
    /^[\s\ufeff]*<(?:\?xml|!DOCTYPE svg|!--|svg\b)/i.test(new TextDecoder().decode(start)) &&
    /<svg\b/i.test(new TextDecoder().decode(start)),

  async read(file) {
    const { takePicture } = await import("../pictures.js");
    return takePicture(file.slice(0, file.size, "image/svg+xml"), nameOf(file));
  },
};

/** @param {Blob} file */
function nameOf(file) {
  return file instanceof File ? file.name : "";
}
