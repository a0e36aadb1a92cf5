"""A column with a small JSON value."""

import json
from typing import Any

from peewee import TextField


class JsonField(TextField):
    """A small JSON value."""

    def db_value(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    def python_value(self, value: str) -> Any:
        return json.loads(value)
