"""The computational graph of a typed function: nodes, numbers, traces."""
