"""What templates of operations say."""
