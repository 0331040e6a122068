/** How pictures that browsers show begin, as Latin letters. */
const BEGINNINGS = [/^\x89PNG\r\n/, /^\xff\xd8\xff/, /^GIF8/, /^RIFF....WEBP/s];

/** @type {import("../format.js").Format} */
export const png = {
  id: "png",
  label: () => "PNG",
  extensions: [".png", ".jpg", ".jpeg", ".webp", ".gif"],
  media: "image/png",
  write: async (wanted) => (await import("../png-writing.js")).writePng(wanted),

  fits(start) {
    const letters = String.fromCharCode(...start.subarray(0, 16));
    return BEGINNINGS.some((each) => each.test(letters));
  },

  async read(file) {
    const { takePicture } = await import("../pictures.js");
    return takePicture(file, file instanceof File ? file.name : "");
  },
};
