"""What `make` uses to lay its ground; standard library only."""
