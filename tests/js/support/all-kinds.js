// Every kind of element at once, as on a page that has fetched them.

import "../../../static/board/elements/others.js";
