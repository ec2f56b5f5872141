"""Rules, and everything around them: choosing, ignoring, known findings, configuration."""
