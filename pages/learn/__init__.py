"""The pages to start from."""
