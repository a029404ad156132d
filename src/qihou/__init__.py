"""Qihou (气候): one program with which a district runs its whole plan to address climate change."""

__version__ = "0.1.0"
