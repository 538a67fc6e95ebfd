"""The derivative worked out: rules applied to the typed tree, every displayed equality checked."""
