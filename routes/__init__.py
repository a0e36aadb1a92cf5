"""The web: HTTP in, HTML or JSON out. A room for each audience; one plural module per resource."""
