"""The one canonical layout of process files: what they say stays, how it is written becomes one.

docs/fmt.md says what is changed and what is left as its author wrote it.
"""
