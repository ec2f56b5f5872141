"""A process beside its variants: a table for the terminal, for pages and for programs."""
