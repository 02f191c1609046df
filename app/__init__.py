"""The Amtslotse service: everything that runs when a citizen asks."""

from app.offline import stay_offline

stay_offline()  # before any library is imported that would read whether it may call home
