"""The rule table of matching: points, neighbouring trades, words of trades. One table for server and tablet."""

import json
from pathlib import Path
from typing import Any

Rules = dict[str, Any]
DEFAULT: Rules = json.loads(Path(__file__).with_name("rules.json").read_text(encoding="utf-8"))
