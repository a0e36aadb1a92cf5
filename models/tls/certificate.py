"""Certificates: drafted, signed, and written into a folder with their keys."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey
PublicKey = ec.EllipticCurvePublicKey
USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def new_key() -> Key:
    """Return a new private key (P-256: every browser that can run the kiosk knows it)."""
    return ec.generate_private_key(ec.SECP256R1())


def named(text: str) -> x509.Name:
    """Return a name as certificates carry them; what passes 64 characters is cut off."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def draft(
    subject: x509.Name, public: PublicKey, issuer: x509.Name, span: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    """Return a certificate that lacks its extensions and its signature; it holds from the one moment to the other."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(public)
        .issuer_name(issuer)
        .not_valid_before(span[0])
        .not_valid_after(span[1])
        .serial_number(x509.random_serial_number())
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def sign(
    builder: x509.CertificateBuilder,
    key: Key,
    critical: Iterable[x509.ExtensionType],
    others: Iterable[x509.ExtensionType] = (),
) -> x509.Certificate:
    """Return the certificate with its extensions, signed."""
    for extensions, is_critical in ((critical, True), (others, False)):
        for extension in extensions:
            builder = builder.add_extension(extension, is_critical)
    return builder.sign(key, hashes.SHA256())


def usage(*allowed: str) -> x509.KeyUsage:
    """Return the extension that allows these uses of the key, and no other."""
    return x509.KeyUsage(**{use: use in allowed for use in USES})


def for_servers() -> x509.ExtendedKeyUsage:
    """Return the extension that restricts a certificate to servers."""
    return x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])


def signed_by(issuer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    """Return the extension that says which key signed: two authorities of a day may have one name."""
    public = issuer.public_key()
    assert isinstance(public, PublicKey)  # ours are of one curve
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(public)


def read(path: Path) -> x509.Certificate:
    """Return the first certificate in a file."""
    return x509.load_pem_x509_certificate(path.read_bytes())


def write(path: Path, *chain: x509.Certificate) -> None:
    """Write certificates into a file, each before the one that signed it."""
    path.write_bytes(b"".join(one.public_bytes(s.Encoding.PEM) for one in chain))


def read_key(path: Path) -> Key | None:
    """Return the private key in a file, or None when there is none."""
    key = s.load_pem_private_key(path.read_bytes(), None) if path.exists() else None
    return key if isinstance(key, Key) else None


def write_key(path: Path, key: Key) -> None:
    """Write a private key that only its owner can read, and that others could not read meanwhile either."""
    path.unlink(missing_ok=True)
    body = key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(body)
