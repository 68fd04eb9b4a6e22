"""What an advocate and a client wrote: sealed by identifiers, opened only by a filter officer."""
