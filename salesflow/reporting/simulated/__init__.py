"""What a simulation says: text, Markdown, a page with pictures, all told from one story."""
