// The kinds beside the stroke, and the eraser's cutting of strokes: whoever imports this has them.

import { arrow } from "./arrow.js";
import { bubble } from "./bubble.js";
import { clippedKind } from "./clipped.js";
import { cloud } from "./cloud.js";
import { connected } from "./connected.js";
import { addDerivations } from "./derived.js";
import { diamond } from "./diamond.js";
import { ellipse } from "./ellipse.js";
import { frame } from "./frame.js";
import { framed } from "./framed.js";
import { hexagon } from "./hexagon.js";
import { highlight } from "./highlight.js";
import { image } from "./image.js";
import { addClipping, addKinds } from "./index.js";
import { line } from "./line.js";
import { note } from "./note.js";
import { rectangle } from "./rectangle.js";
import { star } from "./star.js";
import { stroke } from "./stroke.js";
import { cutStroke } from "./stroke-cut.js";
import { text } from "./text.js";
import { triangle } from "./triangle.js";

addClipping(clippedKind);
addDerivations([framed]);
addKinds({
  stroke: { ...stroke, cut: cutStroke },
  highlight,
  line,
  arrow,
  rectangle,
  ellipse,
  diamond,
  triangle,
  hexagon,
  star,
  cloud,
  bubble,
  text,
  note,
  image,
  frame,
});
addDerivations([connected]);
