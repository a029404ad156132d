"""A district's whole record in one file: which tables belong to it, writing it, reading it elsewhere."""
