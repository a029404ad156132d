"""The pages on which the plan is worked with: importing, reviewing, adopting, reporting, deciding; and the public page."""
