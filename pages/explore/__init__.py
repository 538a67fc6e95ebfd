"""The pages for trying out a function of one's own."""
