"""The trial's certificate authority: it may vouch for one market's laptop and for nothing else.

It is two certificates. Tablets install the root, whose key is gone as soon as it has signed the issuer; the issuer
signs for the laptop. Both carry critical name constraints (RFC 5280, 4.2.1.10): ``.local`` names, private addresses
and the laptop's own. Every client holds an issuer to them, a root only some do (Chrome since July 2024, see
FiloSottile/mkcert#302). So a thief of the issuer's key still cannot show a tablet a false bank.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from models.tls import certificate
from models.tls.folder import AUTHORITY, CERTIFICATE, ISSUER, ISSUER_KEY, KEY

LIFETIME = timedelta(days=90)
LEEWAY = timedelta(days=2)  # of them before now: a tablet's clock may be behind
LOCAL = "local"  # the names that laptops give themselves on a network (RFC 6762)
PRIVATE = (
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10",
    "100.64.0.0/10",  # RFC 6598: some operators and hotspots
)  # fmt: skip

Address = IPv4Address | IPv6Address


class NotPermitted(ValueError):
    """The authority may not vouch for this name or address; the argument is it, as text."""


class KeyThrownAway(ValueError):
    """The issuer's private key is gone: the authority can vouch for nothing more."""


class Authority:
    """The root that tablets trust, the issuer that signs for it, and its key unless that was thrown away."""

    def __init__(self, root: x509.Certificate, issuer: x509.Certificate, key: certificate.Key | None) -> None:
        self.root, self._issuer, self._key = root, issuer, key

    @classmethod
    def make(cls, name: str, addresses: Iterable[Address], now: datetime) -> "Authority":
        """Return a new authority for private networks and these addresses of the laptop's own."""
        root_key, key = certificate.new_key(), certificate.new_key()
        title, span = f"{now:%Y-%m-%d} {name}", (now - LEEWAY, now - LEEWAY + LIFETIME)
        limits = x509.NameConstraints(_permitted(addresses), None), certificate.usage("key_cert_sign", "crl_sign")
        own = certificate.named(f"Ganchang trial {title}")
        root = certificate.sign(
            certificate.draft(own, root_key.public_key(), own, span),
            root_key,
            critical=(x509.BasicConstraints(ca=True, path_length=1), *limits),
        )
        issuer = certificate.sign(
            certificate.draft(certificate.named(f"Ganchang issuer {title}"), key.public_key(), own, span),
            root_key,
            critical=(x509.BasicConstraints(ca=True, path_length=0), *limits),
            others=(certificate.for_servers(), certificate.signed_by(root)),
        )
        return cls(root, issuer, key)

    @classmethod
    def load(cls, folder: Path) -> "Authority | None":
        """Return the authority kept in a folder, or None."""
        if not (folder / AUTHORITY).exists():
            return None
        root, issuer = (certificate.read(folder / name) for name in (AUTHORITY, ISSUER))
        return cls(root, issuer, certificate.read_key(folder / ISSUER_KEY))

    def keep(self, folder: Path) -> None:
        """Write certificates and key into a folder; the key is its owner's only."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._key:
            certificate.write_key(folder / ISSUER_KEY, self._key)
        certificate.write(folder / ISSUER, self._issuer)
        certificate.write(folder / AUTHORITY, self.root)

    def certify(self, folder: Path, names: Iterable[str], addresses: Iterable[Address], now: datetime) -> None:
        """Write a certificate with a new key for a server of these names and addresses into a folder.

        It ends with the authority. Raises NotPermitted for what the authority may not vouch for, KeyThrownAway
        without its key.
        """
        if self._key is None:
            raise KeyThrownAway
        names, addresses = list(names), list(addresses)
        for one in (*names, *addresses):
            if not self.permits(one):
                raise NotPermitted(str(one))
        key, span = certificate.new_key(), (now - LEEWAY, self.ends_at())
        known_as = x509.SubjectAlternativeName([*map(x509.DNSName, names), *map(x509.IPAddress, addresses)])
        leaf = certificate.sign(
            certificate.draft(certificate.named("Ganchang"), key.public_key(), self._issuer.subject, span),
            self._key,
            critical=(x509.BasicConstraints(ca=False, path_length=None), certificate.usage("digital_signature")),
            others=(known_as, certificate.for_servers(), certificate.signed_by(self._issuer)),
        )
        certificate.write_key(folder / KEY, key)
        certificate.write(folder / CERTIFICATE, leaf, self._issuer)

    def has_certified(self, folder: Path, names: Iterable[str], addresses: Iterable[Address]) -> bool:
        """Say whether the certificate in a folder is by this authority and holds for all of these."""
        if not (folder / CERTIFICATE).exists():
            return False
        leaf = certificate.read(folder / CERTIFICATE)
        found = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        known = {*found.get_values_for_type(x509.DNSName), *found.get_values_for_type(x509.IPAddress)}
        return leaf.issuer == self._issuer.subject and known >= {*names, *addresses}

    def forget_key(self, folder: Path) -> None:
        """Delete the issuer's key: certificates stay valid, and no more can be signed."""
        (folder / ISSUER_KEY).unlink(missing_ok=True)
        self._key = None

    def permits(self, one: str | Address) -> bool:
        """Say whether this name or address lies within the constraints."""
        if isinstance(one, str):
            return one.endswith(f".{LOCAL}")
        limits = self._issuer.extensions.get_extension_for_class(x509.NameConstraints).value
        return any(one in subtree.value for subtree in limits.permitted_subtrees or () if subtree.value != LOCAL)

    def ends_at(self) -> datetime:
        """Return when the authority and all certificates that it signed expire."""
        return self._issuer.not_valid_after_utc

    def der(self) -> bytes:
        """Return the root as tablets install it."""
        return self.root.public_bytes(Encoding.DER)

    def fingerprint(self) -> list[str]:
        """Return the root's SHA-256 as 32 pairs of hexadecimal digits, as tablets show it."""
        return [f"{byte:02X}" for byte in sha256(self.der()).digest()]


def _permitted(addresses: Iterable[Address]) -> list[x509.GeneralName]:
    private = [ip_network(text) for text in PRIVATE]
    own = [ip_network(one) for one in addresses if not any(one in network for network in private)]
    return [x509.DNSName(LOCAL), *map(x509.IPAddress, private + own)]
