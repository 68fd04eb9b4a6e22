"""The ledger's table: appended to by verbs, never changed."""
