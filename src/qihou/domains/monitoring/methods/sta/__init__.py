"""The language of OGC SensorThings API 1.1 (18-088, 2021): addresses, query options, expressions, the eight entities."""
