"""Long work under an authority: leased, resumable, cancellable, never repeated for ever."""
