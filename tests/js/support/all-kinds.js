// Every kind of element at once, as on a page that has fetched them. Loaded before all tests of the browser's code.

import "../../../static/board/elements/others.js";
