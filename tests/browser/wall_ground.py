"""A wall that is open all day, in a demo's database: its address, and the longest words that a set-up may hold."""

import sqlite3

from models.base.secret import digest
from tests.browser.ground import market_today

CODE = "abcdefghjk"
LONG_TITLE = "大型连锁餐饮企业中央厨房冷链配送装卸及包装流水线夜班普工（可预支）"  # 33 characters; cut at two lines
LONG_NAME = "重庆市璧山区" * 9 + "电子厂有限公司"  # 61 characters


class WallGround:
    """The demo's market day of today with booths and vacancies of long words, and a link for a screen."""

    def __init__(self, database: str) -> None:
        self._path = database.removeprefix("sqlite:///")
        self.run("UPDATE market_day SET date = ?, opens_at = '00:01', closes_at = '23:59', cancelled_at = NULL"
                 " WHERE id = (SELECT MAX(id) FROM market_day)", market_today().isoformat())  # fmt: skip
        self.run("UPDATE booth SET name = ? WHERE number % 5 = 1", LONG_NAME)
        self.run("UPDATE vacancy SET title = ? WHERE id % 4 = 0", LONG_TITLE)
        self.run("UPDATE vacancy SET urgent = 1 WHERE id % 9 = 0")
        link = "INSERT INTO wall_link (county_id, name, theme, english, token_hash, made_by, made_at)"
        self.run(f"{link} SELECT county_id, '大厅', 'light', 1, ?, 'demo', 0 FROM market_day LIMIT 1", digest(CODE))

    def run(self, statement: str, *values: object) -> None:
        with sqlite3.connect(self._path, timeout=20) as database:
            database.execute(statement, values)
        database.close()

    def change(self, openings: int) -> None:
        """Change what the wall shows."""
        self.run("UPDATE vacancy SET openings = ?", openings)
