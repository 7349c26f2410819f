"""From quantities to observations: indicator, subject, groups, place, period, status, role, direction."""

from __future__ import annotations

from extractor.binding.bind import bind_observations

__all__ = ["bind_observations"]
