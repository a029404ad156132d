"""Know what is happening: networks of sensors in the one record, and the open standard by which they are reached."""
