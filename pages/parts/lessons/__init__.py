"""The lessons: the lecture's story, one idea a screen."""
