"""Closures: a vacancy takes no more candidates, or takes them again; both are facts."""

from flask import Blueprint

bp = Blueprint("closures", __name__)
