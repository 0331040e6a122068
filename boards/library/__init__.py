"""What a person keeps to use again: elements put aside, to be placed on any board."""
