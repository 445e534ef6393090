"""The shell door: one module per command or group of commands, for people and for scripts.

`main` gathers the commands and turns every failure into one line on stderr (exit status 1; 2 for wrong usage). `shell`
opens configuration, database and clock when a command first asks for them; a command that changes something runs one
transaction, commits once and rebuilds the pages it touched. `demo/` is the company that `statuspage demo` shows.
"""
