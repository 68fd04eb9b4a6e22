"""Whose a report is: offices by dated tables, handing over until it is accepted, and asking what other units hold."""
