"""A course, or its site's sources, to files: a module a format."""
