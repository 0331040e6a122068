"""Comments on a board: threads at a place or an element, live for whoever may see the board."""
