"""What the history's entries say of themselves: the program's own short form read back into the reader's sentences."""

import re

from flask_babel import gettext as _

from models.vocabulary.code_list import N_, ROLES

DAY = r"market day (?P<day>\d+)"
# What an entry says of itself, whole, and the sentence for it; a name that somebody typed stands as it was typed.
SAID = tuple((re.compile(pattern), words) for pattern, words in (
    (rf"posters per \w+ of {DAY}", N_("Posters (market day no. %(day)s)")),
    (rf"checklist of {DAY}", N_("Checklist (market day no. %(day)s)")),
    (rf"loudspeaker list of {DAY}", N_("Loudspeaker list (market day no. %(day)s)")),
    (rf"summary of {DAY} as (?P<form>\w+)", N_("Attendance summary (market day no. %(day)s), %(form)s")),
    (r"passes (?P<first>\d+) to (?P<last>\d+)", N_("Paper passes %(first)s to %(last)s")),
    (r"history as (?P<form>\w+)", N_("History, %(form)s")),
    (rf"{DAY}, booth (?P<booth>\d+)", N_("Market day no. %(day)s, booth %(booth)s")),
    (rf"{DAY}, tablet (?P<letter>\w+)(?P<more>: .*)?", N_("Market day no. %(day)s, tablet %(letter)s%(more)s")),
    (rf"{DAY}, booth (?P<booth>\d+), tablet (?P<letter>\w+)",
     N_("Market day no. %(day)s, booth %(booth)s, tablet %(letter)s")),
    (rf"device (?P<device>\d+), {DAY}, booth (?P<booth>\d+)",
     N_("Device %(device)s, market day no. %(day)s, booth %(booth)s")),
    (rf"{DAY}, version (?P<version>\d+)(?P<more>:.*)?", N_("Market day no. %(day)s, version %(version)s%(more)s")),
    (rf"{DAY}(, as last time)?(?P<more>[:,].*)?", N_("Market day no. %(day)s%(more)s")),
    (r"device (?P<device>\d+): (?P<more>.*)", N_("Device %(device)s: %(more)s")),
    (r"link (?P<link>\d+)", N_("Link no. %(link)s")),
    (r"key (?P<key>\d+)(?P<more>,.*)?", N_("Key %(key)s%(more)s")),
    (r"(?P<name>[^,]+), (?P<role>organiser|clerk|reviewer|reader|city)(?P<more>[, 0-9]*)",
     N_("%(name)s, %(role)s%(more)s")),
))  # fmt: skip


def said(what: str) -> str:
    """Return what an entry says besides, in the reader's language where the program itself said it."""
    for pattern, words in SAID:
        if found := pattern.fullmatch(what):
            parts = {name: part or "" for name, part in found.groupdict().items()}
            if role := parts.get("role"):
                parts["role"] = _(ROLES[role])
            return str(_(words, **parts))
    return what
