"""What a trial's authority may vouch for, as a real TLS client sees it."""

import ssl
from datetime import timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from models.base.clock import utcnow
from models.tls import certificate
from models.tls.authority import LEEWAY, LIFETIME, Authority, KeyThrownAway, NotPermitted
from models.tls.folder import AUTHORITY, CERTIFICATE, ISSUER, ISSUER_KEY, KEY
from tests.tls import shake_hands, trusting

LAPTOP, NEXT_DAY = ip_address("192.168.43.17"), ip_address("10.3.0.9")
CAMPUS, NEIGHBOUR = ip_address("203.0.113.8"), ip_address("203.0.113.9")  # public addresses (RFC 5737)


@pytest.fixture
def authority(tmp_path) -> Authority:
    """An authority made for the laptop, kept, with a certificate for it."""
    authority = Authority.make("zhang-laptop", [LAPTOP], utcnow())
    authority.keep(tmp_path)
    authority.certify(tmp_path, ["zhang-laptop.local"], [LAPTOP], utcnow())
    return authority


@pytest.fixture
def forged(authority, tmp_path, monkeypatch):
    """Return a function that certifies whatever a thief of the issuer's key wants; it returns the folder."""

    def forged(name: str):
        folder = tmp_path / "thief"
        folder.mkdir()
        (folder / AUTHORITY).write_bytes((tmp_path / AUTHORITY).read_bytes())
        monkeypatch.setattr(Authority, "permits", lambda *_: True)
        try:
            authority.certify(folder, [], [ip_address(name)], utcnow())
        except ValueError:
            authority.certify(folder, [name], [], utcnow())
        return folder

    return forged


@pytest.mark.parametrize("host", ["192.168.43.17", "zhang-laptop.local"])
def test_a_client_that_trusts_it_believes_the_laptop(authority, tmp_path, host):
    shake_hands(trusting(tmp_path), host, tmp_path)


def test_a_client_that_does_not_trust_it_believes_nothing(authority, tmp_path):
    with pytest.raises(ssl.SSLCertVerificationError, match="unable to get local issuer"):
        shake_hands(ssl.create_default_context(), "192.168.43.17", tmp_path)


@pytest.mark.parametrize("host", ["bank.example", "local.example", "8.8.8.8", "203.0.113.9", "2001:db8::1"])
def test_a_thief_with_the_key_can_show_no_false_bank(forged, host):
    folder = forged(host)
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake_hands(trusting(folder), host, folder)


def test_where_a_client_asks_no_root_the_issuer_is_held_to_it(forged, tmp_path):
    folder = forged("bank.example")
    client = ssl.create_default_context(cafile=tmp_path / ISSUER)
    client.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # what lies above the issuer is not looked at
    shake_hands(client, str(LAPTOP), tmp_path)
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake_hands(client, "bank.example", folder)


def test_another_verifier_says_the_same(authority, forged, tmp_path):
    root, issuer = certificate.read(tmp_path / AUTHORITY), certificate.read(tmp_path / ISSUER)

    def verify(folder, host: x509.GeneralName) -> None:
        verifier = PolicyBuilder().store(Store([root])).build_server_verifier(host)
        verifier.verify(certificate.read(folder / CERTIFICATE), [issuer])

    verify(tmp_path, x509.IPAddress(LAPTOP))
    verify(tmp_path, x509.DNSName("zhang-laptop.local"))
    with pytest.raises(VerificationError):
        verify(forged("bank.example"), x509.DNSName("bank.example"))


def test_it_makes_no_authority_below_itself(authority, tmp_path):
    key, now = certificate.new_key(), utcnow()
    issuer = certificate.read(tmp_path / ISSUER)
    below = certificate.sign(
        certificate.draft(certificate.named("below"), key.public_key(), issuer.subject, (now, now + LEEWAY)),
        certificate.read_key(tmp_path / ISSUER_KEY),
        critical=[x509.BasicConstraints(ca=True, path_length=None), certificate.usage("key_cert_sign")],
        others=[certificate.signed_by(issuer)],
    )
    certificate.write(tmp_path / ISSUER, below, issuer)
    Authority(certificate.read(tmp_path / AUTHORITY), below, key).certify(tmp_path, ["a.local"], [], now)
    certificate.write(tmp_path / CERTIFICATE, certificate.read(tmp_path / CERTIFICATE), below, issuer)
    with pytest.raises(ssl.SSLCertVerificationError, match="path length"):
        shake_hands(trusting(tmp_path), "a.local", tmp_path)


def test_it_asks_itself_before_it_signs(authority, tmp_path):
    before = (tmp_path / CERTIFICATE).read_bytes()
    for names, addresses in ((["bank.example"], []), (["notlocal"], []), ([], [CAMPUS])):
        with pytest.raises(NotPermitted):
            authority.certify(tmp_path, names, addresses, utcnow())
    assert (tmp_path / CERTIFICATE).read_bytes() == before


def test_a_public_address_of_the_laptops_own_is_the_only_one_it_may_vouch_for(tmp_path):
    authority = Authority.make("laptop", [CAMPUS], utcnow())
    authority.keep(tmp_path)
    authority.certify(tmp_path, [], [CAMPUS], utcnow())
    shake_hands(trusting(tmp_path), str(CAMPUS), tmp_path)
    assert not authority.permits(NEIGHBOUR)


def test_the_next_days_address_needs_no_new_trust(authority, tmp_path):
    yesterdays_tablet = trusting(tmp_path)
    Authority.load(tmp_path).certify(tmp_path, [], [NEXT_DAY], utcnow())
    shake_hands(yesterdays_tablet, str(NEXT_DAY), tmp_path)


def test_keys_are_their_owners_only_and_the_roots_is_nowhere(authority, tmp_path):
    keys = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir() if b"PRIVATE" in path.read_bytes()}
    assert keys == {ISSUER_KEY: 0o600, KEY: 0o600}
    roots = authority.root.public_key().public_numbers()
    for name in keys:
        assert certificate.read_key(tmp_path / name).public_key().public_numbers() != roots


def test_a_key_that_others_could_read_is_replaced_and_not_filled(tmp_path):
    (tmp_path / KEY).touch(mode=0o644)
    certificate.write_key(tmp_path / KEY, certificate.new_key())
    assert (tmp_path / KEY).stat().st_mode & 0o777 == 0o600


def test_without_its_key_what_it_signed_stays_good_and_nothing_is_added(authority, tmp_path):
    authority.forget_key(tmp_path)
    shake_hands(trusting(tmp_path), str(LAPTOP), tmp_path)
    for one in (authority, Authority.load(tmp_path)):
        with pytest.raises(KeyThrownAway):
            one.certify(tmp_path, [], [NEXT_DAY], utcnow())
    assert not (tmp_path / ISSUER_KEY).exists()


def test_it_knows_what_its_certificate_is_good_for(authority, tmp_path):
    assert authority.has_certified(tmp_path, ["zhang-laptop.local"], [LAPTOP])
    assert not authority.has_certified(tmp_path, [], [NEXT_DAY])
    assert not authority.has_certified(tmp_path / "nowhere", [], [])
    assert not Authority.make("another", [], utcnow()).has_certified(tmp_path, [], [LAPTOP])


def test_it_ends_by_itself_and_so_does_what_it_signed(authority, tmp_path):
    chain = x509.load_pem_x509_certificates((tmp_path / CERTIFICATE).read_bytes())
    assert {one.not_valid_after_utc for one in (*chain, authority.root)} == {authority.ends_at()}
    assert timedelta(0) <= utcnow() + LIFETIME - LEEWAY - authority.ends_at() < timedelta(minutes=1)


@pytest.mark.parametrize(("days", "message"), [(-60, "not yet valid"), (100, "has expired")])
def test_a_clock_far_off_is_refused_as_everywhere(tmp_path, days, message):
    _made(tmp_path, utcnow() - timedelta(days=days))
    with pytest.raises(ssl.SSLCertVerificationError, match=message):
        shake_hands(trusting(tmp_path), str(LAPTOP), tmp_path)


def test_a_tablet_a_day_behind_is_not_refused(tmp_path):
    _made(tmp_path, utcnow() + timedelta(days=1))
    shake_hands(trusting(tmp_path), str(LAPTOP), tmp_path)


def _made(folder, now) -> None:
    authority = Authority.make("laptop", [], now)
    authority.keep(folder)
    authority.certify(folder, [], [LAPTOP], now)


def test_the_fingerprint_is_written_as_tablets_show_it(authority):
    pairs = authority.fingerprint()
    assert bytes.fromhex("".join(pairs)) == authority.root.fingerprint(SHA256())
    assert len(pairs) == 32 and all(pair == pair.upper() and len(pair) == 2 for pair in pairs)


def test_a_folder_without_one_has_none(tmp_path):
    assert Authority.load(tmp_path) is None
