"""Dinero's API, played: https://api.dinero.dk/openapi/index.html.

Each subject is a module that offers ``HANDLERS``: operation ids of the OpenAPI file with the
functions that carry them out. What the file names and no module handles answers 501.
"""
