"""Pay: what a vacancy pays, as the digits people read from across the square."""

from typing import Protocol

FEN = 100  # in a yuan


class Paid(Protocol):
    """What pays: a vacancy, or a notice of one. Amounts in fen."""

    @property
    def pay_min_fen(self) -> int | None: ...
    @property
    def pay_max_fen(self) -> int | None: ...


def pay_range(vacancy: Paid) -> str:
    """Return the amount in yuan, ``4500–5800`` or ``3.5``; empty when pay is to be agreed."""
    amounts = [_yuan(fen) for fen in (vacancy.pay_min_fen, vacancy.pay_max_fen) if fen is not None]
    return "–".join(dict.fromkeys(amounts))


def _yuan(fen: int) -> str:
    whole, rest = divmod(fen, FEN)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)
