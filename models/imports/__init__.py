"""Imports: a spreadsheet is read, matched with our fields, looked at, taken in, and perhaps undone."""
