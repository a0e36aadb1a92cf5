"""Cells of CSV files: a text that somebody typed is never a formula in the spreadsheet that opens it."""

FORMULA = "=+-@＝＋－＠"  # what spreadsheets take for the beginning of a formula, also behind blanks


def as_text(cell: object) -> object:
    """Return a cell in which a spreadsheet takes no text for a formula."""
    if not isinstance(cell, str):
        return cell
    return f"'{cell}" if cell[:1] in ("\t", "\r", "\n") or cell.lstrip()[:1] in tuple(FORMULA) else cell
