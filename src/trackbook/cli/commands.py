"""A group of commands, as its help lists them."""

import click

_WHOLE = 1000
"""More letters than a summary has."""


class Commands(click.Group):
    """Lists its commands in the order in which they were added, each with its first sentence, wrapped and not cut."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(_WHOLE)) for name, command in self.commands.items()])
