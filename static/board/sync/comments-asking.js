// Asking the server for comments, and telling it of one's own.

/** What the server said; null: nothing. @typedef {{status: number, answer: any} | null} Answer */
/** Reads an address, or posts to it. @typedef {(path: string, body?: object) => Promise<Answer>} Ask */

const TOO_MANY = 429;

/** Whether asking again would get the same answer. @param {Answer} said */
export function isFinal(said) {
  return said !== null && said.status >= 400 && said.status < 500 && said.status !== TOO_MANY;
}

/** @param {string} url @param {string} csrf @returns {Ask} */
export function asking(url, csrf) {
  return async (path, body) => {
    const headers = { Accept: "application/json", "X-CSRFToken": csrf };
    const post = { method: "POST", body: JSON.stringify(body) };
    try {
      const said = body
        ? await fetch(url + path, {
            ...post,
            headers: { ...headers, "Content-Type": "application/json" },
          })
        : await fetch(url + path, { headers });
      const isJson = said.headers.get("Content-Type")?.startsWith("application/json");
      // A page instead: whoever answers has lost the session, or is no server of ours.
      if (said.ok && !isJson) return null;
      return { status: said.status, answer: isJson ? await said.json() : null };
    } catch {
      return null;
    }
  };
}
