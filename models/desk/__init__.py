"""The people's desk: candidates as the office finds them, their page, lists for employers, links."""
