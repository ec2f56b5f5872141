"""What deals can do in one version and not in the other."""
