"""Fixes: edits of the text that make a finding go away, tried out before they are shown."""
