"""Spreadsheets as people send them: a file's sheets as rows of text, where its heading is, what its cells mean."""
