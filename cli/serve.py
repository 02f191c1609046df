"""`amtslotse serve`: the HTTP service."""

import logging
import socket
from contextlib import suppress

import typer

from app.errors import ConfigurationError
from app.logs import configure_logging
from app.settings import get_settings


def serve() -> None:
    """Serve the API, the widget and the demo page. Settings come from AMTSLOTSE_* variables."""
    settings = get_settings()
    _check_port(settings.host, settings.port)
    configure_logging(settings.log_format)
    typer.echo("Loading models …")
    import uvicorn

    from app.api.connections import server_config
    from app.main import create_app

    class Server(uvicorn.Server):
        """Says where the service is once it answers."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                typer.echo(f"Amtslotse is ready: http://{settings.host}:{settings.port}/  (stop with Ctrl+C)")

    app = create_app(settings)
    # The error that stopped the start is printed as one line by the caller, not with a traceback by the server.
    logging.getLogger("uvicorn.error").addFilter(lambda record: app.state.startup_error is None)
    server = Server(server_config(app, settings))
    with suppress(SystemExit):  # how the server ends a start that failed; its exit status is ours to choose
        server.run()
    if app.state.startup_error is not None:
        raise app.state.startup_error
    if not server.started:
        raise typer.Exit(1)


def _check_port(host: str, port: int) -> None:
    """Says so before the models load when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigurationError(
                f"Cannot listen on {host}:{port} ({error.strerror}): stop the other program, "
                f"or set AMTSLOTSE_PORT to a free port."
            ) from error
