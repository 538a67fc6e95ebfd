"""A small neural network: its pass forward and backward, its graph, its training."""
