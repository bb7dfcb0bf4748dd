"""`trackbook schema`: what files may hold, for editors that complete and check while one types."""

import json
from pathlib import Path

import click

from trackbook.cli.course import course_folder, saying_errors
from trackbook.issue import CourseError, suggest


@click.command()
@click.argument("kind", required=False)
@click.option(
    "--write", "folder", type=click.Path(path_type=Path, file_okay=False), help="Write them all to this folder."
)
@course_folder
@saying_errors
def schema(kind: str | None, folder: Path | None, root: Path) -> None:
    """Print the JSON Schema of KIND: `course` is the outline, others are pages and widgets. Without KIND, list them."""
    from trackbook.authoring.new import write_schemas
    from trackbook.reading.schema import make_schemas
    from trackbook.widgets import load_widgets

    schemas = make_schemas(load_widgets(root))
    if kind is not None and kind not in schemas:
        raise CourseError(f'there is no kind "{kind}". {suggest(kind, schemas) or "`trackbook schema` lists them."}')
    if folder:
        click.echo(f"Wrote {len(write_schemas(folder, root))} schemas to {folder}")
    elif kind is None:
        for name, found in schemas.items():
            click.echo(f"{name:<{max(map(len, schemas))}}  {str(found.get('description', '')).splitlines()[0]}")
    else:
        click.echo(json.dumps(schemas[kind], indent=2, ensure_ascii=False))
