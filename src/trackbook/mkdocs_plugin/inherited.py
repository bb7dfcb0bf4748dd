"""The settings that mkdocs.yml inherits from other files (`INHERIT`)."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import get_yaml_loader, yaml_load


def list_settings_files(config: MkDocsConfig) -> list[Path]:
    """mkdocs.yml, and the files that it inherits from; none where the host reads what it is told by a pipe."""
    path = Path(config.config_file_path or "")
    if not path.is_file():
        return []
    read: list[Path] = []

    class Noting(get_yaml_loader(config=config)):  # type: ignore[misc]
        def __init__(self, stream: Any) -> None:
            read.append(Path(stream.name))
            super().__init__(stream)

    with path.open("rb") as file:
        yaml_load(file, Noting)
    return read
