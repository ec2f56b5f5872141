"""The readable engine, always there: what it does is the reference for any other."""
