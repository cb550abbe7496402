"""A template shown before it is used: printed with a gallery of invented records, before and after side by side.

`galeri` makes the records, `jalan` sends them through the pipeline, `halaman` makes the page that shows the pages.
"""
