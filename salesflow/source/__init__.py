"""Text and places: reading and writing files, ignore comments, files inside the project."""
