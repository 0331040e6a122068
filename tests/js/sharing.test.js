// Sharing and order in words and pictures: links in one line, codes as a path, notices, the pen.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setCatalogue } from "../../static/board/core/translate.js";
import { noticeWords } from "../../static/board/ui/order-notices.js";
import { minutesToday } from "../../static/board/ui/order-takeback.js";
import { LINK_ROLES, ROLES, roleName, roleWords } from "../../static/board/ui/role-names.js";
import { sentenceFor } from "../../static/board/ui/sentences.js";
import { pathOf } from "../../static/board/ui/share-code.js";
import { factsOf } from "../../static/board/ui/share-links.js";

setCatalogue({});

test("the dark squares of a code become runs of a path, with white around them", () => {
  assert.equal(pathOf(["110", "001", "000"]), "M4 4h2v1h-2zM6 5h1v1h-1z");
  assert.equal(pathOf([]), "");
});

/** @param {Partial<import("../../static/board/ui/share-server.js").Invite>} invite */
function facts(invite) {
  return factsOf({
    id: 1,
    role: "editor",
    label: "",
    created: 0,
    expires: null,
    uses: 0,
    most: null,
    state: "good",
    ...invite,
  });
}

test("a link says how often it was used, of how often, and its role beside a name", () => {
  assert.equal(facts({ uses: 1 }), "1 use");
  assert.equal(facts({ uses: 3, most: 30 }), "3 of 30 uses");
  assert.equal(facts({ label: "Class 5b", role: "viewer" }), "Viewer · 0 uses");
  assert.equal(facts({ expires: 5, state: "expired" }), "0 uses · expired");
});

test("a link makes nobody an owner, and every role has a name and words of its own", () => {
  assert.ok(!(/** @type {readonly string[]} */ (LINK_ROLES).includes("owner")));
  assert.equal(new Set(ROLES.map(roleName)).size, 5);
  assert.equal(new Set(ROLES.map(roleWords)).size, 5);
});

test("every notice has its sentence, and one of a newer server too", () => {
  const codes = /** @type {any[]} */ (["cleared", "rolled_back", "taken_back", "of-tomorrow"]);
  assert.equal(new Set(codes.map(noticeWords)).size, codes.length);
});

test("today began at midnight by the clock on the wall", () => {
  assert.equal(minutesToday(new Date(2026, 0, 5, 0, 0)), 1);
  assert.equal(minutesToday(new Date(2026, 0, 5, 9, 30)), 571);
});

test("on a frozen board owners and whoever has the pen are told why they still draw", () => {
  /** @type {import("../../static/board/ui/sentences.js").BoardState} */
  const state = {
    connection: "live",
    wasLive: true,
    online: true,
    waiting: 0,
    denial: null,
    closedWith: null,
    draws: true,
    frozen: true,
    muted: false,
    pen: false,
    refused: null,
    earlier: 0,
    fails: false,
  };
  assert.match(sentenceFor(state)?.text ?? "", /only you and those with the pen/);
  assert.match(sentenceFor({ ...state, pen: true })?.text ?? "", /^You have the pen/);
  assert.equal(sentenceFor({ ...state, pen: true, frozen: false }), null);
  assert.match(sentenceFor({ ...state, draws: false })?.text ?? "", /nobody can change it/);
});
