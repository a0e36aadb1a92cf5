"""Spoken help: which clips, one after another, say a page in Mandarin (docs/spoken-help.md holds their words)."""

from models.phone.notice import VacancyNotice

UNITS = ((1_000, "thousand"), (100, "hundred"), (10, "ten"))
LARGEST = 99_999_999


def vacancy_clips(vacancy: VacancyNotice, ending: str) -> list[str]:
    """Return what is said of a vacancy: its trade, pay, openings and booth, then ``ending``, a clip."""
    clips = ["vacancy", f"trade-{vacancy.trade}", *_pay(vacancy)]
    clips += ["full"] if vacancy.is_full else ["wanted", *number_clips(vacancy.openings, before_people=True), "people"]
    return [*clips, "at-booth", *number_clips(vacancy.booth), "booth-number", ending]


def own_page_clips(pass_number: str | None) -> list[str]:
    """Return what is said on a candidate's own page, with the digits of the pass if there is one."""
    if pass_number is None:
        return ["registered"]
    return ["registered", "your-number", *(f"digit-{digit}" for digit in pass_number), "save"]


def number_clips(number: int, before_people: bool = False) -> list[str]:
    """Return a whole number up to 99,999,999 as it is read aloud: 3500 is 三千五百, 12 is 十二, 1005 is 一千零五.

    ``before_people``: 2 is 两 before what is counted. ValueError for another number.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} cannot be read aloud")
    if number == 2 and before_people:
        return ["two"]
    if 10 <= number < 20:  # not 一十
        return ["ten", *([_digit(number - 10)] if number > 10 else [])]
    thousands, rest = divmod(number, 10_000)
    if not thousands:
        return _below_ten_thousand(rest)
    high = ["two"] if thousands == 2 else number_clips(thousands)
    low = _below_ten_thousand(rest) if rest else []
    return [*high, "ten-thousand", *(["digit-0"] if 0 < rest < 1_000 else []), *low]


def _below_ten_thousand(number: int) -> list[str]:
    clips: list[str] = []
    is_gap = False  # a run of zeros between two digits is read once
    for size, unit in UNITS:
        digit, number = divmod(number, size)
        if digit:
            clips += [*(["digit-0"] if is_gap else []), "two" if digit == 2 and size > 10 else _digit(digit), unit]
        is_gap = bool(clips) and not digit
    if number or not clips:
        clips += [*(["digit-0"] if is_gap else []), _digit(number)]
    return clips


def _pay(vacancy: VacancyNotice) -> list[str]:
    bounds = dict.fromkeys(fen for fen in (vacancy.pay_min_fen, vacancy.pay_max_fen) if fen is not None)
    if not bounds:
        return ["pay-open"]
    least, *most = (_yuan_clips(fen) for fen in bounds)
    return ["pay", *least, *(["to", *most[0]] if most else []), vacancy.pay_unit]


def _yuan_clips(fen: int) -> list[str]:
    yuan, rest = divmod(fen, 100)
    if not rest:
        return number_clips(yuan)
    return [*number_clips(yuan), "point", *(_digit(int(digit)) for digit in f"{rest:02d}".rstrip("0"))]


def _digit(digit: int) -> str:
    return f"digit-{digit}"
