"""The commands of `flask --app app`."""

from routes.command_line import (
    accounts,
    actor,
    backup,
    commands,
    demo,
    doctor,
    first_run,
    imports,
    keys,
    messages,
    notices,
    papers,
    restore,
    retention,
    trial,
)

# The actor last: it goes over all commands.
PARTS = (
    commands, demo, first_run, accounts, keys, trial, backup, restore, retention, doctor, notices, messages, imports,
    papers, actor,
)  # fmt: skip
