"""The sender of text messages as the settings say: a file or a gateway, and the quiet hours."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.messages.audience import OF_DAY, Audience
from models.messages.driver import Driver
from models.messages.file_driver import FileDriver
from models.messages.gateway import Gateway
from models.messages.quiet_hours import QuietHours
from models.messages.sending import Sender
from models.messages.survey_audience import of_survey
from models.messages.wording import DAY, SURVEY


def sender_of(config: Mapping[str, Any]) -> Sender:
    """Return what sends messages. Raises ValueError for settings that make no sense."""
    return Sender(driver_of(config), audiences_of(config), QuietHours.read(config["SMS_QUIET"]))


def driver_of(config: Mapping[str, Any]) -> Driver:
    """Return the driver of the settings. Raises ValueError."""
    if config["SMS_DRIVER"] == "file":
        return FileDriver(Path(config["SMS_FOLDER"]))
    if config["SMS_DRIVER"] != "http":
        raise ValueError(f"GANCHANG_SMS_DRIVER is file or http, not {config['SMS_DRIVER']!r}")
    if not config["SMS_KEY"] or not config["SMS_SECRET"]:
        raise ValueError("GANCHANG_SMS_KEY and GANCHANG_SMS_SECRET are needed")
    return Gateway(
        config["SMS_ENDPOINT"], config["SMS_KEY"], config["SMS_SECRET"], config["SMS_SECONDS"], config["SMS_ASKS"]
    )


def audiences_of(config: Mapping[str, Any]) -> dict[str, Audience]:
    """Return whom mailings are for, by what a mailing calls its audience."""
    return {DAY: OF_DAY, SURVEY: of_survey(config["ORIGIN"])}
