"""The catalogue: what a trek is."""
