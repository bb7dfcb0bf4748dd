"""What Trackbook makes of each setting of `mkdocs.yml`, and of each plugin: the table in `settings.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from trackbook.issue import find_close

Fate = Literal["followed", "unneeded", "refused"]
_TABLE = Path(__file__).with_name("settings.yml")


@dataclass(frozen=True, slots=True)
class Known:
    """What becomes of a setting or a plugin.

    `says` and `hint` are its reason and what to type instead; `but` is a value with which there is nothing to say of
    it; `holds` is what belongs there.
    """

    fate: Fate
    says: str = ""
    hint: str = ""
    but: object = None
    holds: str = ""


@dataclass(frozen=True, slots=True)
class KnownSettings:
    """Settings by their names with dots, and plugins by theirs."""

    settings: Mapping[str, Known]
    plugins: Mapping[str, Known]

    def find(self, name: str) -> Known | None:
        """What is known of the setting of this name, or of all beside it."""
        return self.settings.get(name) or self.settings.get(f"{name.rpartition('.')[0]}.*")

    def suggest(self, name: str) -> str:
        """`Did you mean "…"?` where a setting of the same place, or one of the same name elsewhere, is close."""
        above, _, own = name.rpartition(".")
        elsewhere = [known for known in self.settings if known.rpartition(".")[2] == own]
        beside = {known.rpartition(".")[2]: known for known in self.settings if known.rpartition(".")[0] == above}
        meant = elsewhere[0] if elsewhere else beside.get(find_close(own, beside))
        return f'Did you mean "{meant}"?' if meant else ""


@cache
def load_known() -> KnownSettings:
    table = yaml.safe_load(_TABLE.read_text("utf-8"))
    settings, plugins = (
        {name: Known(told.pop("is"), **told) for name, told in table[part].items()} for part in ("settings", "plugins")
    )
    return KnownSettings(settings, plugins)
