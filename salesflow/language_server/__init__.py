"""Speaking with editors. All but ``wire*`` is plain functions over texts, without a protocol."""
