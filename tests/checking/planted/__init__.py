"""A company of our own invention and its process, and the faults planted into it."""
