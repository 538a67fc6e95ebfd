"""Figures: pure functions from results, labels and a theme to Plotly figures."""
