"""Finding what one may see: documents of what the desk holds, and the question that is put to them."""
