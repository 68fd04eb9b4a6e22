"""How fast, beside whom: each module prints one table, with the peer or the limit measured in the same run."""
