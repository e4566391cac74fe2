"""Graphs that live on a SPARQL 1.1 server: asked, loaded, and written for its bulk loader.

What is sent is written by SPARQLWrapper and carried by requests; what comes back is the same
plain values that the embedded store gives.
"""

from comity.remote.credentials import SCHEMES, Credentials
from comity.remote.store import RemoteStore

__all__ = ["SCHEMES", "Credentials", "RemoteStore"]
