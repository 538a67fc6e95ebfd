"""The error of difference quotients: its parts, its orders, the best step, and what they say at one point."""
