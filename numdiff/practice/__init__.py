"""Exercises: made by kind and level from a seed, judged, and diagnosed where the mistake is a known one."""
