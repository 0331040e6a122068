/** @type {import("../format.js").Format} */
export const tldraw = {
  id: "tldraw",
  label: () => "tldraw",
  extensions: [".tldr"],
  media: "application/json",

  fits: (start, text, name) =>
    /^[\s\ufeff]*\{/.test(new TextDecoder().decode(start)) &&
    (name.endsWith(".tldr") || text().includes('"tldrawFileFormatVersion"')),

  async read(file) {
    const { readTldraw } = await import("../tldraw-reading.js");
    return readTldraw(await file.text());
  },
};
