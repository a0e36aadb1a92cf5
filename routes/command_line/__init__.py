"""The commands of `flask --app app`."""

from routes.command_line import accounts, actor, backup, commands, keys, trial

PARTS = (commands, accounts, keys, trial, backup, actor)  # the actor last: it goes over all commands
