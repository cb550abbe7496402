"""An office's own templates: copied with a note of where from, compared, brought up to date, started anew."""
