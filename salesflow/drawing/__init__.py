"""From a process to pictures: a neutral diagram, and a renderer for each format."""
