// Whether pictures wait on this device that another page has left: only then what brings them is fetched.

import { pageHere } from "./offline.js";

/** @param {string} home @param {() => void} begin what goes on with them */
export async function whenSomeWait(home, begin) {
  const { waiting } = await pageHere;
  const look = async () => {
    if (await mayWait(home)) begin();
  };
  waiting.inheritedBy(() => void look());
  await look();
}

/** Whether any have ever waited here. Old browsers don't say: then they may have. @param {string} home */
async function mayWait(home) {
  if (!("databases" in indexedDB)) return true;
  return (await indexedDB.databases()).some(({ name }) => name === `whiteboard pictures ${home}`);
}
