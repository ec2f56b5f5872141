"""Which element of one version is which of the other."""
