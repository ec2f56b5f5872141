"""Every kind of change: a row each."""
