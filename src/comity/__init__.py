"""Comity: policy texts on intellectual-property cooperation, as a knowledge graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.version import __version__

if TYPE_CHECKING:
    from comity.graph import KnowledgeGraph

__all__ = ["KnowledgeGraph", "__version__"]


def __getattr__(name: str) -> Any:
    """Load the façade when it is first asked for, so that importing Comity stays quick."""
    if name == "KnowledgeGraph":
        from comity.graph import KnowledgeGraph

        return KnowledgeGraph
    raise AttributeError(f"module 'comity' has no attribute {name!r}")
