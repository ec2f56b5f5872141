"""A process as BPMN 2.0: what it says in the words of the standard, the rest as data beside it."""
