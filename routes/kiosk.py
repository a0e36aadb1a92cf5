"""Kiosk: the shell."""

from flask import Blueprint

bp = Blueprint("kiosk", __name__)
