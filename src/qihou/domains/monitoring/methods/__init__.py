"""Pure: text and numbers in, text and numbers out."""
