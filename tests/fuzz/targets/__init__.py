"""One file for each door that strangers' bytes come through: its ``seeds`` and what must hold."""
