"""A whole Django site with boards in it, as docs/embedding.md shows it: settings and addresses."""
