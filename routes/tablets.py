"""Tablets: enrolled at a booth by a QR code, watched through the day, revoked at once."""

from flask import Blueprint

bp = Blueprint("tablets", __name__)
