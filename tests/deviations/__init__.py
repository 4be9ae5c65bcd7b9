"""Seeded returns of the catalogue forms with deviations drawn at random, their true values, and a table of what was read.

Independent of the reader: what is made here is told by the person who fills a form, never by the code that reads it.
"""
