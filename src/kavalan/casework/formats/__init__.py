"""How dates and figures are written in each language; Django finds these modules by `FORMAT_MODULE_PATH`."""
