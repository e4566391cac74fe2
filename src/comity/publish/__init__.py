"""Publication: a release folder that a linked-data publisher takes as it is."""
