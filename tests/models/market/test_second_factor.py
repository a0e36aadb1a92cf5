"""Second factors: a code is taken once, within its half minute and the ones beside it; recovery codes once each."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from models.market.second_factor import RECOVERY_CODES, RecoveryCode, SecondFactor, passes

NOW = datetime(2026, 2, 24, 1, 0, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)


@pytest.fixture
def factor(fair):
    """A factor of chen's that counts."""
    factor = SecondFactor.begin(fair.chen)
    factor.confirm()
    return factor


def shown(factor: SecondFactor, at: datetime) -> str:
    """Return what the telephone shows."""
    return pyotp.TOTP(factor.secret).at(at)


def test_it_counts_only_when_it_was_confirmed(fair):
    factor = SecondFactor.begin(fair.chen)
    assert SecondFactor.of(fair.chen) is None and passes(fair.chen, shown(factor, NOW), NOW) is None
    assert SecondFactor.begin(fair.chen).secret == factor.secret
    factor.confirm()
    assert SecondFactor.of(fair.chen) and SecondFactor.accounts() == {fair.chen.id}


@pytest.mark.parametrize("away, right", [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_telephone_s_clock_may_be_half_a_minute_off(factor, away, right):
    assert factor.accept(shown(factor, NOW + away * STEP), NOW) is right


def test_a_code_cannot_be_used_twice_nor_one_before_it(factor):
    first, second = shown(factor, NOW), shown(factor, NOW + STEP)
    assert factor.accept(second, NOW + STEP)
    assert not factor.accept(second, NOW + STEP)
    assert not factor.accept(first, NOW + STEP)
    assert factor.accept(shown(factor, NOW + 2 * STEP), NOW + 2 * STEP)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "٠١٢٣٤٥", " ", "é" * 6])
def test_what_is_no_code_is_wrong_and_no_error(factor, fair, typed):
    assert passes(fair.chen, typed, NOW) is None


def test_a_code_of_another_account_is_none(factor, fair):
    other = SecondFactor.begin(fair.reader)
    other.confirm()
    assert passes(fair.chen, shown(other, NOW), NOW) is None


def test_ten_recovery_codes_stand_for_the_telephone_once_each(fair):
    codes = SecondFactor.begin(fair.chen).confirm()
    assert len(set(codes)) == RecoveryCode.left(fair.chen) == RECOVERY_CODES == 10
    assert passes(fair.chen, codes[3]) == "recovery_code" and passes(fair.chen, codes[3]) is None
    assert passes(fair.chen, codes[4].upper().replace("-", " ")) == "recovery_code"
    assert passes(fair.reader, codes[5]) is None
    assert RecoveryCode.left(fair.chen) == 8
    assert not any(code in str(list(RecoveryCode.select().dicts())) for code in codes)


def test_new_ones_end_those_before(fair, factor):
    before = RecoveryCode.make_anew(fair.chen)
    after = RecoveryCode.make_anew(fair.chen)
    assert passes(fair.chen, before[0]) is None and passes(fair.chen, after[0]) == "recovery_code"


def test_without_it_nothing_of_it_is_left(fair, factor):
    codes = RecoveryCode.make_anew(fair.chen)
    assert SecondFactor.switch_off(fair.chen) is True and SecondFactor.switch_off(fair.chen) is False
    assert passes(fair.chen, codes[0]) is None and RecoveryCode.left(fair.chen) == 0


def test_the_telephone_reads_whose_it_is(factor):
    address = factor.address("赶场 璧山区")
    assert address.startswith("otpauth://totp/") and factor.secret in address and "chen" in address
