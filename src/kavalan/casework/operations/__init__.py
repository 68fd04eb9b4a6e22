"""Operations: cases of several districts and units, and a day on which many sites are searched."""
