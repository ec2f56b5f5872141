"""Which change helps the objectives most: interventions made, played side by side, ranked."""
