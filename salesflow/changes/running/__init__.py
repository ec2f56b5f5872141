"""Deals under way: where they stand in the new version, and whether they can go on."""
