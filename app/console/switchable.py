"""What of a town's published texts can be blocked, with names that people know."""

from app.index.generation import Generation

Named = tuple[tuple[str, str], ...]
"""Pairs of id and name, by name."""


def targets(generation: Generation) -> tuple[Named, Named]:
    """The services, and the single texts."""
    titles = {service: title for (service, language), (title, _) in generation.texts.items() if language == "de"}
    services = {chunk.service: titles.get(chunk.service, chunk.title) for chunk in generation.chunks}
    documents = {chunk.document_id: f"{chunk.title} ({chunk.document_id})" for chunk in generation.chunks}
    return _by_name(services), _by_name(documents)


def _by_name(named: dict[str, str]) -> Named:
    return tuple(sorted(named.items(), key=lambda item: item[1].casefold()))
