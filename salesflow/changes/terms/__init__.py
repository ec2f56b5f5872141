"""What a change means to one department, in a few words that follow "you"."""
