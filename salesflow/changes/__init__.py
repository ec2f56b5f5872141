"""What changed between two versions of a process, for whom, and to what effect."""
