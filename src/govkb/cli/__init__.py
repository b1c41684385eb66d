"""The command line: one file a command, each with an object named `command`."""
