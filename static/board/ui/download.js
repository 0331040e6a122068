// Saving what was made of the board as a file.

/** Letters of any script and digits stay; what file systems and shells trip over becomes a dash. @param {string} title @param {string} [extension] */
export function fileName(title, extension = ".png") {
  const safe = title
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);
  return `${safe || "board"}${extension}`;
}

/** @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Not at once: some browsers start reading only after the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
