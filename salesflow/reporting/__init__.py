"""From findings, processes and results to text that people and machines read."""
