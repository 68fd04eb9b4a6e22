"""The desk's side of the vault: which blobs it answers for, giving them out, reading all of them again by night."""
