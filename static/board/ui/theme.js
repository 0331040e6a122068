// Which theme is seen. Choosing one is the same on all pages: static/site/theme.js.

const dark = matchMedia("(prefers-color-scheme: dark)");

/** @returns {"light" | "dark"} */
export function shownTheme() {
  const choice = document.documentElement.dataset.theme;
  if (choice === "light" || choice === "dark") return choice;
  return dark.matches ? "dark" : "light";
}

/** @param {(theme: "light" | "dark") => void} listener called when another theme is seen */
export function onThemeChange(listener) {
  const tell = () => listener(shownTheme());
  dark.addEventListener("change", tell);
  new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}
