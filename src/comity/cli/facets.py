"""Options by which statements are chosen, shared by the commands that list them."""

from __future__ import annotations

from typing import Annotated

import typer

ACTOR = Annotated[
    str | None, typer.Option("--actor", help="Who acts, who speaks or for whom; code or name.")
]
AREA = Annotated[str | None, typer.Option("--area", help="Target area, narrower ones included.")]
MEASURE_TYPE = Annotated[
    str | None, typer.Option("--measure-type", help="Type of measure, narrower ones included.")
]
MODALITY = Annotated[str | None, typer.Option("--modality", help="For example commitment.")]
SINCE = Annotated[str | None, typer.Option("--since", help="From this year, month or day on.")]
UNTIL = Annotated[str | None, typer.Option("--until", help="Up to this year, month or day.")]
CONFIDENCE = Annotated[
    float | None,
    typer.Option("--min-confidence", min=0.0, max=1.0, help="Only what is at least so sure."),
]
