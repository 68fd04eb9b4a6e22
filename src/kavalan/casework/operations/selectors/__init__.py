"""What an officer may see of operations: every read here passes the one visibility predicate, or begins with one."""
