"""The first front door: reports as they come in, kept as they came, read in the sandbox, each with its own clock."""
