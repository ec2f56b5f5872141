"""A site of plain pages: each process, department, touchpoint and field has its place in it."""
