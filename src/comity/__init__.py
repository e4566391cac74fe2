"""Comity: policy texts on intellectual-property cooperation, as a knowledge graph."""

__version__ = "0.1.0"
