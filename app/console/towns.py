"""The towns of the installation by name, also those of which nothing is published yet."""

from app.errors import AmtslotseError
from app.index.live import LiveGenerations


def town_names(generations: LiveGenerations) -> dict[str, str]:
    """Each town's name by its id. A town that cannot be opened now is called by its id: no page of others fails."""
    return {town: _name(generations, town) for town in generations.tenants()}


def _name(generations: LiveGenerations, town: str) -> str:
    try:
        return generations.active(town).tenant.name
    except AmtslotseError:
        return town
