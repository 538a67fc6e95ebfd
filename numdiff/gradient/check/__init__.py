"""The gradient check: backpropagation beside differences, edge by edge, and where neither is defined."""
