"""Booths: an employer's stand or a service desk of a market day, as the organiser sets it up."""

from flask import Blueprint

bp = Blueprint("booths", __name__)
