"""The face: design system, page bases, tables and their exports, shared by every slice."""
