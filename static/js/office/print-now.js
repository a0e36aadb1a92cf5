/** Prints the page at once when it was asked for to be printed: a list with all its rows on one page. */
if (document.querySelector("[data-print-now]")) window.print()
