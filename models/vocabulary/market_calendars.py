"""Words of market rules: the calendars by which markets recur, and the days that each of them knows."""

from models.vocabulary.code_list import N_

CALENDARS = {
    "gregorian": N_("By the last digit of the date"),
    "lunar": N_("By the last digit of the lunar date"),
    "odd": N_("On odd dates"),
    "even": N_("On even dates"),
    "weekly": N_("On days of the week"),
    "branch": N_("On earthly branches"),
    "daily": N_("Every day"),
    "dates": N_("On dates given one by one"),
}

# 1 to 7 as ISO 8601 numbers them.
WEEKDAYS = {
    "1": N_("Monday"), "2": N_("Tuesday"), "3": N_("Wednesday"), "4": N_("Thursday"), "5": N_("Friday"),
    "6": N_("Saturday"), "7": N_("Sunday"),
}  # fmt: skip

# The twelve earthly branches, 子 first; a day has one of them, and the next day the next.
BRANCHES = {
    "1": N_("zi 子"), "2": N_("chou 丑"), "3": N_("yin 寅"), "4": N_("mao 卯"), "5": N_("chen 辰"), "6": N_("si 巳"),
    "7": N_("wu 午"), "8": N_("wei 未"), "9": N_("shen 申"), "10": N_("you 酉"), "11": N_("xu 戌"), "12": N_("hai 亥"),
}  # fmt: skip
