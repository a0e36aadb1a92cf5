"""The trial's certificate authority: it may vouch for one market's laptop and for nothing else.

Its name constraints (RFC 5280, 4.2.1.10, critical) let it speak of ``.local`` names, of private
addresses, and of the laptop's own. So a tablet that trusts it cannot be shown a false bank with it,
whoever steals its key; and both certificates end within ninety days.
"""

import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from models.tls_folder import AUTHORITY, AUTHORITY_KEY, CERTIFICATE, KEY

LIFETIME = timedelta(days=90)
LEEWAY = timedelta(days=2)  # of them before now: a tablet's clock may be behind
LOCAL = "local"  # the names that laptops give themselves on a network (RFC 6762)
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")

Address = IPv4Address | IPv6Address


class NotPermitted(ValueError):
    """The authority may not vouch for this name or address; the argument is it, as text."""


class KeyThrownAway(ValueError):
    """The authority's private key is gone: it can vouch for nothing any more."""


class Authority:
    """A certificate that signs, and its private key unless that was thrown away."""

    def __init__(self, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey | None) -> None:
        self.certificate, self._key = certificate, key

    @classmethod
    def make(cls, name: str, addresses: Iterable[Address], now: datetime) -> "Authority":
        """Return a new authority for private networks and these addresses of the laptop's own."""
        key = ec.generate_private_key(ec.SECP256R1())
        networks = [ip_network(text) for text in PRIVATE]
        networks += [ip_network(one) for one in addresses if not _lies_in(one, networks)]
        permitted = [x509.DNSName(LOCAL), *map(x509.IPAddress, networks)]
        subject = _named(f"Ganchang trial {now:%Y-%m-%d} {name}")
        builder = _builder(subject, subject, key.public_key(), now, now - LEEWAY + LIFETIME)
        for extension, critical in (
            (x509.BasicConstraints(ca=True, path_length=0), True),
            (x509.NameConstraints(permitted, None), True),
            (_usage(key_cert_sign=True, crl_sign=True), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        ):
            builder = builder.add_extension(extension, critical)
        return cls(builder.sign(key, hashes.SHA256()), key)

    @classmethod
    def load(cls, folder: Path) -> "Authority | None":
        """Return the authority kept in a folder, or None."""
        if not (folder / AUTHORITY).exists():
            return None
        certificate = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
        path = folder / AUTHORITY_KEY
        key = s.load_pem_private_key(path.read_bytes(), password=None) if path.exists() else None
        return cls(certificate, key)

    def keep(self, folder: Path) -> None:
        """Write certificate and key into a folder; the key is its owner's only."""
        folder.mkdir(parents=True, exist_ok=True)
        _write_secret(folder / AUTHORITY_KEY, _pem(self._key))
        (folder / AUTHORITY).write_bytes(self.certificate.public_bytes(s.Encoding.PEM))

    def certify(self, folder: Path, names: Iterable[str], addresses: Iterable[Address], now: datetime) -> None:
        """Write a certificate with a new key for a server of these names and addresses into a folder.

        Raises NotPermitted for what the authority may not vouch for, KeyThrownAway without its key.
        """
        if self._key is None:
            raise KeyThrownAway
        names, addresses = list(names), list(addresses)
        for one in (*names, *addresses):
            if not self.permits(one):
                raise NotPermitted(str(one))
        key = ec.generate_private_key(ec.SECP256R1())
        pem = self._sign(key.public_key(), names, addresses, now).public_bytes(s.Encoding.PEM)
        folder.mkdir(parents=True, exist_ok=True)
        _write_secret(folder / KEY, _pem(key))
        (folder / CERTIFICATE).write_bytes(pem)

    def forget_key(self, folder: Path) -> None:
        """Throw the authority's key away: what it signed stays good, and nothing can be added."""
        (folder / AUTHORITY_KEY).unlink(missing_ok=True)
        self._key = None

    def permits(self, one: str | Address) -> bool:
        """Say whether this name or address lies within the constraints."""
        constraints = self.certificate.extensions.get_extension_for_class(x509.NameConstraints).value
        permitted = [subtree.value for subtree in constraints.permitted_subtrees]
        if isinstance(one, str):
            return one.lower().endswith(f".{LOCAL}")
        return _lies_in(one, [value for value in permitted if not isinstance(value, str)])

    def ends_at(self) -> datetime:
        """Return when it ends of itself."""
        return self.certificate.not_valid_after_utc

    def der(self) -> bytes:
        """Return the certificate as tablets install it."""
        return self.certificate.public_bytes(s.Encoding.DER)

    def fingerprint(self) -> list[str]:
        """Return the SHA-256 of the certificate as 16 groups of four hexadecimal digits."""
        digits = sha256(self.der()).hexdigest().upper()
        return [digits[start : start + 4] for start in range(0, len(digits), 4)]

    def _sign(
        self, public: ec.EllipticCurvePublicKey, names: list[str], addresses: list[Address], now: datetime
    ) -> x509.Certificate:
        until = min(now - LEEWAY + LIFETIME, self.ends_at())
        subject = _named(names[0] if names else str(addresses[0]))
        alternatives = [*map(x509.DNSName, names), *map(x509.IPAddress, addresses)]
        own = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.certificate.public_key())
        builder = _builder(subject, self.certificate.subject, public, now, until)
        for extension, critical in (
            (x509.BasicConstraints(ca=False, path_length=None), True),
            (x509.SubjectAlternativeName(alternatives), False),
            (_usage(digital_signature=True), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
            (own, False),
        ):
            builder = builder.add_extension(extension, critical)
        return builder.sign(self._key, hashes.SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - LEEWAY)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(**allowed: bool) -> x509.KeyUsage:
    uses = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{use: allowed.get(use, False) for use in uses})


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _lies_in(address: Address, networks: Iterable) -> bool:
    return any(address in network for network in networks)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())


def _write_secret(path: Path, body: bytes) -> None:
    """Write a file that only its owner can read, and could never be read by others meanwhile."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(body)
