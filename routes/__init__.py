"""The web: HTTP in, HTML or JSON out. One plural module per resource; helpers begin with an underscore."""
