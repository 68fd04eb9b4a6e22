"""An app of a later version whose migration takes the ledger's protection away."""
