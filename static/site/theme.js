// The theme switch: remembers system, light or dark in a cookie that the pages read.

const YEAR_IN_SECONDS = 365 * 24 * 60 * 60;

/** @typedef {"system" | "light" | "dark"} Theme */

/**
 * @param {string | undefined} value
 * @returns {Theme}
 */
function themeFrom(value) {
  return value === "light" || value === "dark" ? value : "system";
}

/** @returns {Theme} */
export function currentTheme() {
  return themeFrom(document.documentElement.dataset.theme);
}

/** @param {Theme} theme */
export function chooseTheme(theme) {
  document.documentElement.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
  document.cookie = `theme=${theme}; Path=/; Max-Age=${YEAR_IN_SECONDS}; SameSite=Lax${secure}`;
  showChoice();
}

function showChoice() {
  for (const button of choices()) {
    const chosen = themeFrom(button.dataset.themeChoice) === currentTheme();
    button.setAttribute("aria-pressed", String(chosen));
  }
}

/** @returns {NodeListOf<HTMLElement>} */
function choices() {
  return document.querySelectorAll("[data-theme-choice]");
}

for (const button of choices()) {
  button.addEventListener("click", () => chooseTheme(themeFrom(button.dataset.themeChoice)));
}
showChoice();
