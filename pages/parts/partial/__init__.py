"""The page of partial derivatives: one variable moves, the others are held."""
