"""The commands of `flask --app app`."""

from routes.command_line import accounts, actor, backup, commands, demo, first_run, keys, trial

PARTS = (commands, demo, first_run, accounts, keys, trial, backup, actor)  # the actor last: it goes over all commands
