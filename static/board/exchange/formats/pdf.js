/** @type {import("../format.js").Format} */
export const pdf = {
  id: "pdf",
  label: () => "PDF",
  extensions: [".pdf"],
  media: "application/pdf",
  write: async (wanted) => (await import("../pdf-making.js")).writePdf(wanted),

  // Programs may write a little before it.
  fits: (start) => new TextDecoder("latin1").decode(start.subarray(0, 1024)).includes("%PDF-"),

  async read(file, told) {
    const { readPdfFile } = await import("../pdf-file.js");
    return readPdfFile(file, told);
  },
};
