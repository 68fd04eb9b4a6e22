"""Evidence that is sent from a browser, in pieces, over hours, and encrypted as it comes."""
