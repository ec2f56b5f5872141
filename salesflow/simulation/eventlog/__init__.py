"""Event logs of simulated deals: what happened to whom and when, for process mining."""
