"""The extractor of a build: named or made, sent to workers, and told in the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from comity.errors import UsageError
from comity.extract import Extractor, HasModel, HasSettings
from comity.extract.plugins import Plugin, Recipe, find

if TYPE_CHECKING:
    from comity.build.pool import Packed
    from comity.lexicon import Lexicon


@dataclass(frozen=True)
class Hired:
    """An extractor at work, with where it came from; `by` is None when it was given as it is."""

    extractor: Extractor
    by: Recipe | None = None
    plugin: Plugin | None = None
    options: Mapping[str, str] = field(default_factory=dict)

    def recipe(self) -> Recipe | Packed:
        """How another process comes by it.

        Raises:
            UsageError: When it was given as it is and cannot be pickled.
        """
        from comity.build.pool import Packed

        return self.by or Packed.of(self.extractor)

    def settings(self) -> dict[str, Any]:
        """What the manifest tells of it: name, options, package, model."""
        worker = self.extractor
        options = worker.settings if isinstance(worker, HasSettings) else self.options
        foreign = self.plugin if self.plugin and self.plugin.package != "comity" else None
        return {
            "extractor": worker.name,
            "extractor_options": dict(sorted(options.items())),
            "extractor_package": f"{foreign.package} {foreign.version}" if foreign else None,
            "model": dict(worker.model_identity()) if isinstance(worker, HasModel) else None,
        }


def hire(
    extractor: str | Extractor | None,
    lexicon: Lexicon,
    *,
    model: str | None = None,
    options: Mapping[str, str] | None = None,
) -> Hired:
    """The extractor of a name, or the one that is given.

    Args:
        extractor: Name of an installed extractor, or one that was made; English when None.
        lexicon: The vocabulary's words.
        model: Short for the option ``model``.
        options: What to tell the extractor that is named.

    Raises:
        UnknownNameError: When none of that name is installed.
        PluginError: When its package fails.
        UsageError: When options do not fit.
    """
    if not (extractor is None or isinstance(extractor, str)):
        if model is not None or options:
            raise UsageError("an extractor that is made already takes no options")
        if not isinstance(extractor, Extractor):
            raise UsageError("this is no extractor", where=type(extractor).__name__)
        return Hired(extractor)
    told = dict(options or {})
    if model is not None and told.setdefault("model", model) != model:
        raise UsageError("two models are named", where=f"{model}, {told['model']}")
    by = Recipe.of(extractor, told)
    return Hired(by.make(lexicon), by, find(by.name), told)
