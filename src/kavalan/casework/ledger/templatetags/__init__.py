"""What pages of other rooms show of the ledger."""
