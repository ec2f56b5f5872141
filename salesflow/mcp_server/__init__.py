"""What AI assistants ask: tools, resources and prompts over the Model Context Protocol.

What a tool answers (``tools``, ``resources``, ``prompts``) is worked out by functions that know
nothing of the protocol; ``server`` alone speaks it. Work is done by processes of their own
(``work``, ``workers``): they can be ended when an assistant changes its mind, or waits too long.

Nothing here writes a file.
"""
