"""From processes to the rows of a program, a file for each kind of row."""
