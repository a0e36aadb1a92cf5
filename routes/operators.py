"""Operators: who works at a booth's tablets, and the PIN each types there."""

from flask import Blueprint

bp = Blueprint("operators", __name__)
