"""Employers: who wants people, as it stands on the licence."""

from flask import Blueprint

bp = Blueprint("employers", __name__)
