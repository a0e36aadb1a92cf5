"""The commands of `flask --app app`."""

from routes.command_line import backup, commands, keys, trial

PARTS = (commands, keys, trial, backup)
