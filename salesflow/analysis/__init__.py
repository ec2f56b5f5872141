"""Facts about a process, worked out by pure functions: ways, handoffs, data, levels."""
