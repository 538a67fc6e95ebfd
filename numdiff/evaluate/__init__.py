"""Tree to values: NumPy in any dtype, dual numbers, and exact values."""
