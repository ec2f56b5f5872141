"""The tools, one a module: what each is asked, and how it answers."""
