"""The embed snippet, from a live preview of what it does."""

from app.console.embed.pages import router

__all__ = ["router"]
