import { t } from "../../core/translate.js";

/** What the board's page saves of changes that the server did not take. @type {import("../format.js").Format} */
export const changes = {
  id: "changes",
  label: () => t("Changes that were not saved"),
  extensions: [".json"],
  media: "application/json",

  fits: (start) =>
    /^[\s\ufeff]*\{\s*"format"\s*:\s*"whiteboard-changes"/.test(new TextDecoder().decode(start)),

  async read(file) {
    const { readChanges } = await import("../changes-reading.js");
    return readChanges(await file.text());
  },
};
