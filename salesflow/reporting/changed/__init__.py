"""What changed between two versions of a process, told to whom it concerns, in each format."""
