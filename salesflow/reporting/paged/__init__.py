"""The page of a process: its pictures, and all that is shown beside them."""
