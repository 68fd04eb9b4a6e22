"""Electronic mail: mailboxes (mbox) and single messages (eml), its threads as conversations."""
