"""Two changed versions of a file made one: by element, with its comments, or not at all."""
