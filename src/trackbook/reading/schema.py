"""What outline, front matter and widgets may hold, as JSON Schema (https://json-schema.org), for editors."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from trackbook.reading.front_matter import SHAPES
from trackbook.reading.outline import OutlineShape
from trackbook.reading.page import WidgetType


class _Generator(GenerateJsonSchema):
    """Keys stand for themselves: editors would show a second name, made of ours."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False

    def dict_schema(self, schema: Any) -> dict[str, Any]:
        """A key that is no id is no key."""
        made = super().dict_schema(schema)
        return {**made, "additionalProperties": False} if "patternProperties" in made else made

    def generate(self, schema: Any, mode: Any = "validation") -> dict[str, Any]:
        made = super().generate(schema, mode)
        for part in (made, *made.get("$defs", {}).values()):
            part.pop("title", None)
        return {"$schema": self.schema_dialect, **made}


def make_schemas(widgets: Mapping[str, WidgetType]) -> Mapping[str, Mapping[str, Any]]:
    """By kind: `course` is the outline, kinds of page are their front matter, the rest is the data of widgets.

    What only a look at the whole course can tell, such as whether a concept is taught, is left to the checks.
    """
    models: dict[str, type[BaseModel]] = {"course": OutlineShape}
    models |= {str(kind): shape for kind, shape in SHAPES.items()}
    models |= {name: widget.data for name, widget in widgets.items()}
    return {kind: model.model_json_schema(schema_generator=_Generator) for kind, model in models.items()}
