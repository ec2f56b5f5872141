"""What a document may say, and how a written document becomes a whole one."""
