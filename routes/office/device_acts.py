"""Acts on devices: the one way in which the office takes a device's access, from whichever page."""

from models.base.database import writing
from models.market.device import Device
from models.market.tablet import revoke
from routes.web.access import audit


def revoke_device(device: Device) -> None:
    """Take a device's access and note who did. A repeat changes nothing."""
    if device.revoked_at is None:
        revoke(device)
        audit("device_revoked", f"device {device.id}: {device.name}")


def keep_device(device: Device, name: str, state: str) -> None:
    """Store what people call a device and what became of it, and note who said so."""
    device.name, device.state = name, state
    with writing():
        device.save(only=[Device.name, Device.state])
        audit("device_changed", f"device {device.id}: {device.name}, {device.state}")
