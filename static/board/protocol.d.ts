// The messages of the board protocol, generated from boards/protocol.py. Don't edit this file;
// type: python manage.py generate_protocol

export type ElementKey = string;

export type TransactionId = string;

export type Epoch = string;

export type Clock = number;

export type Scalar = string | number | boolean;

export type PropertyName = string;

export type Properties = { readonly [name: string]: Scalar };

export type Patch = { readonly [name: string]: Scalar | null };

export type CloseCode = 4400 | 4401 | 4403 | 4404 | 4408 | 4413 | 4426 | 4429 | 4503;

/** The numbers by name. */
export interface CloseCodes {
  readonly BAD_MESSAGE: 4400;
  readonly SIGNED_OUT: 4401;
  readonly NOT_ALLOWED: 4403;
  readonly NO_SUCH_BOARD: 4404;
  readonly TOO_SLOW: 4408;
  readonly TOO_BIG: 4413;
  readonly UNKNOWN_PROTOCOL: 4426;
  readonly TOO_FAST: 4429;
  readonly SHUTTING_DOWN: 4503;
}

/** Why a transaction was refused for good; the page has a sentence for each. */
export type RefusalCode =
  | "bad_change"
  | "board_full"
  | "frozen"
  | "id_reused"
  | "locked"
  | "not_allowed"
  | "not_yours"
  | "unknown_kind"
  | "unknown_property";

/** What somebody is on a board, the one with most rights first. */
export type Role = "owner" | "editor" | "commenter" | "laser" | "viewer";

/** What whoever has a board's address may do, without being a member. */
export type Audience = "nobody" | "view" | "draw";

/** What rights are asked for; `welcome` and `board` name those that the reader has. */
export type Action =
  | "see"
  | "react"
  | "point"
  | "comment"
  | "draw"
  | "draw_frozen"
  | "change_others"
  | "lead"
  | "rename"
  | "set_paper"
  | "share"
  | "order"
  | "trash";

/** What was done to a board from outside; the page has a sentence for each. */
export type NoticeCode = "cleared" | "rolled_back" | "taken_back";

/** What is printed on the board beneath everything that is drawn. */
export type Paper = "blank" | "grid" | "ruled" | "graph" | "dotted" | "isometric";

/** A new element. On a living key a no-op, on a removed key it revives (R4). */
export interface Put {
  readonly op: "put";
  readonly key: ElementKey;
  readonly element: Properties;
  readonly author?: number;
}

/** Some properties of a living element; each is judged by `if` on its own (R4, R11). */
export interface Set {
  readonly op: "set";
  readonly key: ElementKey;
  readonly props: Patch;
  readonly if?: Patch;
}

export interface Remove {
  readonly op: "remove";
  readonly key: ElementKey;
}

/** Removes every element that is there at this moment. */
export interface Clear {
  readonly op: "clear";
}

export interface Piece {
  readonly key: ElementKey;
  readonly props: Properties;
}

/** Replaces an element by pieces of it, if it is still there (R16). */
export interface Split {
  readonly op: "split";
  readonly key: ElementKey;
  readonly into: readonly Piece[];
}

export type Change = Put | Set | Remove | Clear | Split;

/** A transaction as its author sends it. */
export interface Proposal {
  readonly id: TransactionId;
  readonly changes: readonly Change[];
}

/** A transaction as the board has committed it. `author` is a person's number, `at` in ms. */
export interface Transaction {
  readonly clock: Clock;
  readonly id: TransactionId;
  readonly author: number;
  readonly at: number;
  readonly changes: readonly Change[];
}

/** One connection of a person on the board. `slot` is what live records are stamped with. */
export interface Someone {
  readonly slot: number;
  readonly person: number;
  readonly name: string;
  readonly color: string;
  readonly hand?: number;
}

/** The first message: what the client already has (R7). */
export interface Hello {
  readonly type: "hello";
  readonly epoch: Epoch | null;
  readonly since: Clock;
  readonly schema?: number;
}

export interface Commit {
  readonly type: "commit";
  readonly transactions: readonly Proposal[];
}

/** How many frames have been received on this connection so far (R10). */
export interface Got {
  readonly type: "got";
  readonly frames: number;
}

/** Asks for a sign of life. */
export interface Ping {
  readonly type: "ping";
}

/** Raises this connection's hand, or lowers it; somebody else's with `slot`, by ORDER. */
export interface Hand {
  readonly type: "hand";
  readonly up: boolean;
  readonly slot?: number | null;
}

export type FromClient = Hello | Commit | Got | Ping | Hand;

export interface Welcome {
  readonly type: "welcome";
  readonly you: Someone;
  readonly role: Role;
  readonly epoch: Epoch;
  readonly clock: Clock;
  readonly schema: number;
  readonly title: string;
  readonly frozen: boolean;
  readonly people: readonly Someone[];
  readonly paper?: Paper;
  readonly may?: readonly Action[];
  readonly pens?: readonly number[];
  readonly own_only?: boolean;
  readonly muted?: boolean;
  readonly talk?: number;
}

/** Committed transactions in clock order; for their authors also the receipts (R3). */
export interface Commits {
  readonly type: "commits";
  readonly epoch: Epoch;
  readonly transactions: readonly Transaction[];
}

/** Final: this transaction will never be accepted (R5). */
export interface Refused {
  readonly type: "refused";
  readonly id: TransactionId;
  readonly code: RefusalCode;
  readonly why: string;
}

/** Not now: these transactions stay pending and are sent again after `after_ms` (R5). */
export interface Later {
  readonly type: "later";
  readonly ids: readonly TransactionId[];
  readonly after_ms: number;
}

/** The tail is longer than the document: read the document afresh, then say hello again. */
export interface Reload {
  readonly type: "reload";
  readonly clock: Clock;
}

/** Who came, changed (same slot) or left since the last such message. */
export interface People {
  readonly type: "people";
  readonly joined: readonly Someone[];
  readonly left: readonly number[];
}

export interface BoardChanged {
  readonly type: "board";
  readonly title: string;
  readonly frozen: boolean;
  readonly role: Role;
  readonly paper?: Paper;
  readonly may?: readonly Action[];
  readonly pens?: readonly number[];
  readonly own_only?: boolean;
  readonly muted?: boolean;
  readonly talk?: number;
  readonly notice?: NoticeCode | null;
  readonly noticed?: number;
}

/** The sign of life asked for. */
export interface Pong {
  readonly type: "pong";
}

/** Said before every close, because servers drop close reasons. */
export interface Bye {
  readonly type: "bye";
  readonly code: CloseCode;
  readonly why: string;
}

export type FromServer =
  | Welcome
  | Commits
  | Refused
  | Later
  | Reload
  | People
  | BoardChanged
  | Pong
  | Bye;

/** What a live record is about. 1 to 15 replace the sender's earlier one in the same tick. */
export type LiveKind = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 16 | 17 | 18 | 19 | 20 | 21;

/** The numbers by name. */
export interface LiveKinds {
  readonly CURSOR: 1;
  readonly AWAY: 2;
  readonly SELECTION: 3;
  readonly TRANSFORM: 4;
  readonly DRAFT: 5;
  readonly CHAT: 6;
  readonly VIEW: 7;
  readonly STATE: 8;
  readonly PRESENT: 9;
  readonly PAGE: 10;
  readonly PICTURES: 11;
  readonly STROKE_START: 16;
  readonly STROKE_POINTS: 17;
  readonly STROKE_END: 18;
  readonly LASER: 19;
  readonly REACTION: 20;
  readonly SUMMON: 21;
}

/** The limits and names of the protocol. */
export interface Protocol {
  readonly SCHEMA: 4;
  readonly SUBPROTOCOL: "whiteboard.v1";
  readonly SUBPROTOCOL_ANY: "whiteboard";
  readonly MESSAGE_BYTES: 65536;
  readonly LIVE_FRAME_BYTES: 16384;
  readonly FRAME_BYTES: 262144;
  readonly CHANGES_PER_TRANSACTION: 1000;
  readonly TRANSACTIONS_PER_MESSAGE: 64;
  readonly COORDINATE_MAX: 1000000;
  readonly POINTS_PER_STROKE: 10000;
  readonly PIECES_PER_SPLIT: 200;
  readonly TEXT_LENGTH: 10000;
  readonly NAME_LENGTH: 200;
  readonly ALT_LENGTH: 2000;
  readonly LINK_LENGTH: 2000;
  readonly GROUP_DEPTH: 8;
  readonly LIVE_FRAME: 1;
  readonly LIVE_RECORD_BYTES: 4096;
}
