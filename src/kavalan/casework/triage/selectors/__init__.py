"""What an officer may see of triage: every read here passes the one visibility predicate."""
