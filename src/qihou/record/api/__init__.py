"""The one door into the record: one function per act, holding permission, change and log entry."""
