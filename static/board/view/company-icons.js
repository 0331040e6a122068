// The icons of reactions, and of the tools that others have in their hands.

import {
  Circle,
  CircleHelp,
  Cloud,
  Diamond,
  Eraser,
  Heart,
  Hexagon,
  Highlighter,
  Laugh,
  MessageSquare,
  MoveUpRight,
  PartyPopper,
  Slash,
  Square,
  Star,
  StickyNote,
  ThumbsUp,
  Triangle,
  Type,
  Wand,
} from "../../npm/lucide.js";

/** @typedef {import("../../npm/lucide.js").IconNode} IconNode */

/** Eyes and mouth wide open: the set has none. @type {IconNode} */
const Surprise = [
  ["circle", { cx: "12", cy: "12", r: "10" }],
  ["circle", { cx: "12", cy: "16", r: "2" }],
  ["line", { x1: "9", x2: "9.01", y1: "9", y2: "9" }],
  ["line", { x1: "15", x2: "15.01", y1: "9", y2: "9" }],
];

/** In the order of the protocol: an index is what is sent. @type {readonly IconNode[]} */
export const REACTION_ICONS = [ThumbsUp, Heart, Laugh, Surprise, PartyPopper, CircleHelp];

/** Pen, hand and select are what anybody has; they need no picture. @type {Readonly<Record<string, IconNode>>} */
export const TOOL_ICONS = {
  highlighter: Highlighter,
  eraser: Eraser,
  rectangle: Square,
  ellipse: Circle,
  diamond: Diamond,
  triangle: Triangle,
  hexagon: Hexagon,
  star: Star,
  cloud: Cloud,
  bubble: MessageSquare,
  arrow: MoveUpRight,
  line: Slash,
  text: Type,
  note: StickyNote,
  laser: Wand,
};
