"""The command line: `main` chooses a command; each command is a module of its own, imported when it is called."""
