"""From other notations to the language: BPMN 2.0."""
