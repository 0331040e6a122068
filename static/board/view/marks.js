// What is laid over the picture for somebody who selects and moves, here or elsewhere: fetched when it is first needed,
// or once the board is there.

export { paintAids } from "./aids.js";
export { Cursors } from "./cursors.js";
export { followersOf } from "./followers.js";
export { paintOthersSelections, paintSelection } from "./handles.js";
export { Movements } from "./moving.js";
