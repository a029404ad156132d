"""The read side of the plan: everything a page, an export or the JSON face shows, as plain values.

Every function takes the actor and the district, asks for permission (the public page needs none), and costs a number
of queries that does not grow with the number of rows. ``version`` is a version's uid; ``today`` is passed in.
"""

from .choosing import choose_version, version_name, versions
from .cockpit import cockpit, public_progress
from .comparing import compare
from .itempage import item
from .organisations import mine, organisation, organisations, owed
from .reading import document, findings, search
from .registers import indicators, overview, projects, tasks

__all__ = [
    "choose_version", "cockpit", "compare", "document", "findings", "indicators", "item", "mine", "organisation",
    "organisations", "overview", "owed", "projects", "public_progress", "search", "tasks", "version_name", "versions",
]  # fmt: skip
