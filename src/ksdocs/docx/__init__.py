"""OOXML: the only room that knows it. Packages, templates, rendering, reading back, soundness."""
