"""A made-up yearbook of any size: words, sentences, tables and records for `desk.generate`."""
