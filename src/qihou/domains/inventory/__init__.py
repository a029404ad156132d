"""The district's greenhouse-gas inventory: departments' figures in, a checked and traceable inventory out."""
