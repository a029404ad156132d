"""The year's work: handing sheets out and in, filling, checking, approving, computing, publishing; and the public page."""
