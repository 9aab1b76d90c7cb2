"""One module per scene: where the viewer stands, what stands there, and which inks print it."""
