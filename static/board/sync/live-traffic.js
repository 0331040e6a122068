// What reads and writes the live traffic of a board, in one file: it comes once the board is there, and what has
// happened until then waits for it.

export { LiveWriter, readLiveFrame } from "./live.js";
export { LivePeople } from "./people.js";
