"""What every sales process of ACME has to keep."""
