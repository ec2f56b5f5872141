"""Pictures of a simulation as self-contained SVG: no script, no font, nothing fetched."""
