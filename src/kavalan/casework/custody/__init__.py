"""Physical exhibits: what was seized, who had it when, under which seal, and what nobody can answer for."""
