"""The exchange of vacancies between regions: signed packages out of one county and into another (docs/exchange.md)."""
