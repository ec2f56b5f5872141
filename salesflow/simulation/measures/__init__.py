"""What is measured, a file for each kind of thing: from tallies to samples over replications."""
