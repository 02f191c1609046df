"""Questions that citizens passed on to people: the list, and one of them with its reply."""

from app.console.handovers.pages import router

__all__ = ["router"]
