"""The engine behind ``analysis.behave``: blocks and runs explored apart, threads one by one."""
