"""The commands of `flask --app app`."""

from routes.command_line import accounts, backup, commands, keys, trial

PARTS = (commands, accounts, keys, trial, backup)
