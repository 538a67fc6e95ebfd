"""The derivative of any function by values of it alone, with an estimate of its error and a status."""
