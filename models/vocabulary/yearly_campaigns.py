"""The year's campaigns: the ten that all public employment services hold (10), to which regions add their own (N).

Names as in the ministry's yearly list; the months are the usual ones. Each year's notice sets the dates, so they are a
start that somebody corrects, and not facts.
"""

from typing import NamedTuple


class Usual(NamedTuple):
    """A campaign of every year: its Chinese name, its theme, and its first and last day as (month, day)."""

    code: str
    name: str
    theme: str
    first: tuple[int, int]
    last: tuple[int, int]


YEARLY = (
    Usual("assistance_month", "就业援助月", "就业援助暖民心", (1, 1), (1, 31)),
    Usual("spring_breeze", "春风行动暨就业援助季", "春风送岗促就业 精准服务助发展", (1, 1), (3, 31)),
    Usual("graduates_spring", "大中城市联合招聘高校毕业生专场活动（春季）", "职引未来", (3, 1), (6, 30)),
    Usual("private_enterprises", "民营企业招聘月", "搭建供需平台 促进高质量充分就业", (4, 1), (4, 30)),
    Usual("hundred_days", "百日千万招聘专项行动", "职引未来 筑梦青春", (5, 20), (8, 31)),
    Usual("youth", "高校毕业生等青年就业服务攻坚行动", "服务助航 就创青春", (7, 1), (12, 31)),
    Usual("autumn", "金秋招聘月", "招聘促就业 金秋送岗位", (9, 1), (9, 30)),
    Usual("graduates_autumn", "大中城市联合招聘高校毕业生专场活动（秋季）", "职引未来", (9, 1), (11, 30)),
    Usual("graduates_week", "人力资源市场高校毕业生就业服务周", "", (11, 1), (11, 7)),
    Usual("state_recruiting", "国聘行动", "", (1, 1), (12, 31)),
)
