"""The adaptive derivative of a black box: nodes, Richardson tables, the choice among their entries, verdicts."""
