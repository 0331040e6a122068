"""Real servers on loopback for tests, load and trying out: tools, no part of the product."""
