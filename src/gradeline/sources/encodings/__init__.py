"""Find the encoding of text files: from proof, from a setting, or from how their words read."""
