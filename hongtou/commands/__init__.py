"""The commands, one module for each group; imported one at a time, when a command is called for."""
