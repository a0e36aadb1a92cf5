"""Which of several reasons is shown, and what it makes of the fact."""

import pytest

from models.vocabulary.reason import outcome_of, shown


@pytest.mark.parametrize(
    ("reasons", "first", "outcome"),
    [
        ((), None, "applied"),
        (("vacancy_full",), "vacancy_full", "attention"),
        (("vacancy_full", "pass_unknown"), "pass_unknown", "attention"),
        (("pass_copied", "candidate_unknown"), "candidate_unknown", "waiting"),
        (("parallel_edit", "pass_copied"), "pass_copied", "attention"),
        (("vacancy_other_booth", "accepted"), "accepted", "applied"),
        (("vacancy_other_booth", "set_aside"), "set_aside", "refused"),
        (("vacancy_closed", "accepted"), "accepted", "applied"),
        (("corrected", "unknown_field"), "corrected", "applied"),
        (("accepted", "under_16"), "under_16", "refused"),
        (("malformed: name", "clock_wrong"), "malformed: name", "refused"),
        (("set_aside", "pass_unknown"), "set_aside", "refused"),
        (("of_tomorrow", "vacancy_full"), "vacancy_full", "attention"),
        (("of_tomorrow",), "of_tomorrow", "attention"),
    ],
)
def test_the_first_of_one_order_is_shown_and_decides(reasons, first, outcome):
    assert (shown(reasons), outcome_of(shown(reasons))) == (first, outcome)
    assert shown(reversed(reasons)) == first
