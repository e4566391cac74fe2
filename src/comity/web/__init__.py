"""The pages of a graph: what each shows, and how it looks.

Shared by the static site of a release and the server. *Views* are frozen values made from
records, vocabulary and links; *templates* turn a view into HTML; *static* holds the one style
sheet and the one script. Nothing here knows an RDF library, a store or a network.
"""
