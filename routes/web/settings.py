"""Settings: what the environment says, with a default for each (docs/configuration.md)."""

import os
import secrets
from pathlib import Path
from urllib.parse import quote

INSTANCE = Path(__file__).parents[2] / "instance"
COUNTED_TOGETHER = "PROMETHEUS_MULTIPROC_DIR"  # the folder in which several processes count; prometheus_client reads it


def from_environment() -> dict[str, object]:
    """Return the settings, each ``GANCHANG_<NAME>`` or its default."""
    host, port, tls = _get("HOST", "127.0.0.1"), int(_get("PORT", "8000")), _get("TLS", "")
    scheme = "https" if tls else "http"
    return {
        "HOST": host,
        "PORT": port,
        "WORKERS": int(_get("WORKERS", "1")),
        "HEAD_SECONDS": float(_get("HEAD_SECONDS", "20")),
        "BODY_SECONDS": float(_get("BODY_SECONDS", "60")),
        "DATABASE": _get("DATABASE", f"sqlite:///{quote(str(INSTANCE / 'ganchang.db'))}"),
        "ORIGIN": _get("ORIGIN", f"{scheme}://{in_address(host)}:{port}").rstrip("/").lower(),
        "FORMER_ORIGINS": _get("FORMER_ORIGINS", "").lower().split(),
        "SECRET_KEY": _get("SECRET_KEY", "") or _kept_secret(INSTANCE / "secret_key"),
        "TLS": tls,
        "TRUST_PORT": int(_get("TRUST_PORT", "8080")),
        "PROXIES": int(_get("PROXIES", "0")),
        "CITY_SECOND_FACTOR": _get("CITY_SECOND_FACTOR", "") == "1",
        "FIRST_RUN": _get("FIRST_RUN", ""),
        "LOG": _get("LOG", ""),
        "METRICS_TOKEN": _get("METRICS_TOKEN", ""),
        "BACKUPS": _get("BACKUPS", ""),
        "FORGOTTEN": _get("FORGOTTEN", str(INSTANCE / "forgotten")),
        "DESIGN": _get("DESIGN", "") == "1",
        "MAIL_TO": _get("MAIL_TO", ""),
        "MAIL_FROM": _get("MAIL_FROM", "ganchang@localhost"),
        "SMTP_HOST": _get("SMTP_HOST", "localhost"),
        "SMTP_PORT": int(_get("SMTP_PORT", "25")),
        "SMTP_TLS": _get("SMTP_TLS", ""),
        "SMTP_USER": _get("SMTP_USER", ""),
        "SMTP_PASSWORD": _get("SMTP_PASSWORD", ""),
        "SMS_DRIVER": _get("SMS_DRIVER", "file"),
        "SMS_FOLDER": _get("SMS_FOLDER", str(INSTANCE / "messages")),
        "SMS_ENDPOINT": _get("SMS_ENDPOINT", ""),
        "SMS_KEY": _get("SMS_KEY", ""),
        "SMS_SECRET": _get("SMS_SECRET", ""),
        "SMS_SECONDS": float(_get("SMS_SECONDS", "10")),
        "SMS_ASKS": _get("SMS_ASKS", "1") == "1",
        "SMS_QUIET": _get("SMS_QUIET", "21:00-08:00"),
    }


def in_address(host: str) -> str:
    """Return a host as it stands in an address: an IPv6 one in brackets."""
    return f"[{host}]" if ":" in host else host


def _get(name: str, default: str) -> str:
    return os.environ.get(f"GANCHANG_{name}", default)


def _kept_secret(path: Path) -> str:
    """Return the secret in ``path``, made on first use and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_text()
