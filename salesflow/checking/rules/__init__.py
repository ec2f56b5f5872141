"""The built-in rules, one a file, named as the rule; ``catalogue`` lists them."""
