"""The compiled process and what it means."""
