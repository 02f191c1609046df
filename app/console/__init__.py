"""The console: server-rendered pages for service desk, editors and admins."""
