"""Where lines of a derivation hold, the points they are checked at, and the check of each."""
