"""Vacancies: what kind of work a booth wants people for."""

from flask import Blueprint

bp = Blueprint("vacancies", __name__)
