"""The trial room (Experimentierraum): two set-ups side by side, for staff and, by link, for visitors."""

from app.console.trials.pages import router

__all__ = ["router"]
