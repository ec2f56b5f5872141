"""What shares say of a process: how often deals come where, worked out and not drawn."""
