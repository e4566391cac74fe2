"""The templates of the files that are written for people and servers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def rendered(name: str, values: Mapping[str, Any]) -> str:
    """A template of this folder with its values; one that is missing is an error.

    Args:
        name: The file of the template.
        values: What it speaks of, by name.

    Raises:
        jinja2.TemplateError: if the template is unfit.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        newline_sequence="\n",
        autoescape=False,
    )
    return environment.get_template(name).render(**values)
