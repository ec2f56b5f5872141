"""In sentences: what became optional, mandatory, parallel, repeatable, or turned round."""
