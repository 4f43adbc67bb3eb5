"""The peers: the same work written by hand, over the publishers' files."""
