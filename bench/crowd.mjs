// Everybody on one board, and which update of which drawer is due at each of them next.

import { POINTS_PER_FRAME } from "./drawer.mjs";

/**
 * @typedef {import("./member.mjs").Member} Member
 * @typedef {import("./drawer.mjs").Drawer} Drawer
 */

export class Crowd {
  /** @type {Map<number, number>} */
  #numberOfSlot = new Map();

  /** @param {Member[]} members @param {Drawer[]} drawers */
  constructor(members, drawers) {
    this.members = members;
    this.drawers = drawers;
    for (const [number, { member }] of drawers.entries())
      this.#numberOfSlot.set(member.slot, number);
    /** @type {Map<Member, Int32Array>} */
    this.expected = new Map(members.map((member) => [member, new Int32Array(drawers.length)]));
  }

  /** When the update was sent; NaN where it is none of ours. @param {Member} member @param {number} slot @param {number} stroke @param {number} index */
  arrived(member, slot, stroke, index) {
    const number = this.#numberOfSlot.get(slot) ?? -1;
    const drawer = this.drawers[number];
    const expected = this.expected.get(member);
    if (!drawer || !expected) return Number.NaN;
    const update = (drawer.firstUpdate[stroke] ?? Number.NaN) + index / POINTS_PER_FRAME;
    if (update !== expected[number]) {
      member.troubles.push(
        `update ${update} of drawer ${number} where ${expected[number]} was due`,
      );
    }
    expected[number] = update + 1;
    return drawer.sentAt[update] ?? Number.NaN;
  }

  /** Updates that somebody should have seen and has not. */
  missing() {
    let missing = 0;
    for (const [member, expected] of this.expected) {
      for (const [number, drawer] of this.drawers.entries()) {
        if (drawer.member !== member)
          missing += drawer.sent - /** @type {number} */ (expected[number]);
      }
    }
    return missing;
  }

  missingTransactions() {
    const commits = this.drawers.reduce((sum, drawer) => sum + drawer.commits, 0);
    return this.members.reduce((sum, member) => sum + commits - member.transactions, 0);
  }
}
