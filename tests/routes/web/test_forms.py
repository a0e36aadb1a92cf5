"""What a form makes of what was typed."""

import pytest
from werkzeug.datastructures import MultiDict

from routes.web.forms import Form


@pytest.mark.parametrize(
    ("typed", "number"),
    [("5", 5), (" 5 ", 5), ("５", 5), ("-5", -5), ("--5", None), ("-", None), ("5.0", None), ("5-", None), ("+5", None),
     ("9" * 11, None), ("9" * 5000, None), ("①", 1), ("五", None),
     ("5\u200b", 5), ("1 000", None), ("－3", -3), ("٣", None)],
)  # fmt: skip
def test_a_whole_number_is_read_or_asked_for_again(app, typed, number):
    with app.test_request_context():
        form = Form(MultiDict({"openings": typed}))
        assert form.whole("openings", -9, 999) == number
        assert form.ok == (number is not None)
