"""The live canvas: secant, tangent and the error against Δx, drawn in the browser and following the hand."""

from pages.parts.canvas.component import Known, Moved, Scene, Zoom, canvas

__all__ = ["Known", "Moved", "Scene", "Zoom", "canvas"]
