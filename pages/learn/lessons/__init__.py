"""The lessons: each is a folder of its own, and here stands what they share."""
