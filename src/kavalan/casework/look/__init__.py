"""How the desk looks and is worked: languages, light and dark, keys, finding things; the gallery of its components."""
