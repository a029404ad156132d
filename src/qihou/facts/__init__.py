"""Dated, cited facts as YAML files, and the loader that refuses one without its source."""
