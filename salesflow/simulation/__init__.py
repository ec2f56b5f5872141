"""What a process will do: deals played through it in time, with people, and what that shows."""
