"""What boards were before, and how they get back there."""
