// Sending small forms to the pages around the board: title, nickname, trash.

/**
 * @param {string} url
 * @param {Record<string, string>} fields
 * @param {string} csrf
 * @returns {Promise<boolean>} whether it was taken
 */
export async function post(url, fields, csrf) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "X-CSRFToken": csrf, Accept: "application/json" },
      body: new URLSearchParams(fields),
    });
    return answer.ok;
  } catch {
    return false;
  }
}
