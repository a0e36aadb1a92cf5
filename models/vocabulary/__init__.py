"""Code lists and their words: what a form, a sheet and a tablet may choose from."""
