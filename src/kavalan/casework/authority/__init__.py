"""On what authority: what a warrant, an order or a consent allows, on which exhibits, until when."""
