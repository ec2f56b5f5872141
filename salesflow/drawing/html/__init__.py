"""The page: a picture to walk through, with everything it says about itself, in one file."""
