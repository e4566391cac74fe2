"""Extractors by name: found among the installed packages, made when they are asked for.

A package offers an extractor by an entry point of the group ``comity.extractors``: a name, and a
`Factory` that makes the extractor from the vocabulary's words and the user's options. Nothing is
imported before an extractor of that name is asked for. Comity's own extractors are declared in
the same way; their names cannot be taken by another package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import Protocol

from comity.errors import ComityError, PluginError, UnknownNameError
from comity.extract import NAME, Extractor
from comity.extract.options import Options
from comity.extract.plain import plain
from comity.lexicon import Lexicon
from comity.version import __version__

GROUP = "comity.extractors"
DEFAULT = "english"
OWN = {"english": "comity.extract.english:make", "llm": "comity.extract.llm:make"}
"""Comity's own entry points, known also where it runs from a checkout and is not installed."""
_COMITY = "comity"


class Factory(Protocol):
    """What an entry point names: a function, or a class with this signature."""

    def __call__(self, lexicon: Lexicon, options: Options) -> Extractor:
        """An extractor.

        Args:
            lexicon: The words of the vocabulary in use, the user's own included; the
                vocabulary itself is ``lexicon.vocabulary``.
            options: What the user set. Call `Options.only` with the names that there are.

        Raises:
            UsageError: When an option cannot be used.
            MissingExtraError: When an optional package is missing.
        """


@dataclass(frozen=True, slots=True)
class Plugin:
    """An extractor that is installed: its name, its package, and where its factory stands."""

    name: str
    package: str
    version: str
    value: str

    def __str__(self) -> str:
        return f"{self.name} ({self.package} {self.version})".replace(" )", ")")

    def load(self) -> Callable[..., object]:
        """The factory.

        Raises:
            PluginError: When the package fails as it is imported, or has no such factory.
        """
        try:
            loaded = metadata.EntryPoint(self.name, self.value, GROUP).load()
        except ComityError:
            raise
        except (Exception, SystemExit) as error:  # whatever a stranger's code raises
            raise self.fault(f"cannot be loaded: {_told(error)}") from error
        if not callable(loaded):
            raise self.fault(f"cannot be made: {self.value} is no function")
        made: Callable[..., object] = loaded
        return made

    def make(self, lexicon: Lexicon, options: Options) -> Extractor:
        """The extractor.

        Args:
            lexicon: The vocabulary's words.
            options: What the user set.

        Raises:
            PluginError: When the package fails, or what it makes is no extractor.
            ComityError: What the factory raises, for example for an option.
        """
        factory = self.load()
        try:
            extractor = factory(lexicon, options)
            called = extractor.name if isinstance(extractor, Extractor) else None
        except ComityError:
            raise
        except (Exception, SystemExit) as error:
            raise self.fault(f"cannot be made: {_told(error)}") from error
        if called is None or not isinstance(extractor, Extractor):
            raise self.fault(
                f"is no extractor: its factory gives {type(extractor).__name__}, "
                "which lacks name, extract or extract_all"
            )
        if not isinstance(called, str) or not NAME.fullmatch(called):
            raise self.fault(f"calls itself {called!r}, which is not of the form name/version")
        return extractor

    def fault(self, what: str) -> PluginError:
        """The error that says what is wrong with this plug-in, and whose it is.

        Args:
            what: What is wrong.
        """
        return PluginError(
            f"the extractor {self.name!r} {what}",
            where=f"package {self.package} {self.version}".rstrip(),
            hint="update that package, or remove it" if self.package != _COMITY else "",
        )


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to make an extractor again, for example in another process."""

    name: str = DEFAULT
    options: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, name: str | None, options: Mapping[str, str] | None = None) -> Recipe:
        """The recipe of a name and options.

        Args:
            name: The extractor; the default one when None.
            options: What the user set.
        """
        return cls(name or DEFAULT, tuple(sorted((options or {}).items())))

    def make(self, lexicon: Lexicon) -> Extractor:
        """The extractor; see `make`.

        Args:
            lexicon: The vocabulary's words.
        """
        return make(self.name, lexicon, dict(self.options))


def installed() -> Mapping[str, tuple[Plugin, ...]]:
    """The plug-ins by name, in the order of names; more than one where packages clash.

    Raises:
        PluginError: When what is installed cannot be told.
    """
    found: dict[str, list[Plugin]] = {}
    for plugin in (*_own(), *_others()):
        found.setdefault(plugin.name, []).append(plugin)
    return {name: tuple(found[name]) for name in sorted(found)}


def find(name: str) -> Plugin:
    """The plug-in of this name.

    Args:
        name: The name; Comity's own extractors win over others of the same name.

    Raises:
        UnknownNameError: When there is none; the message lists those that are installed.
        PluginError: When two packages offer one of this name.
    """
    if name in OWN:
        return Plugin(name, _COMITY, __version__, OWN[name])
    known = installed()
    plugins = known.get(name, ())
    if not plugins:
        raise UnknownNameError(
            f"no extractor named {name!r} is installed", hint=f"one of {', '.join(known)}"
        )
    if len(plugins) > 1:
        packages = " and ".join(f"{p.package} {p.version}" for p in plugins)
        raise PluginError(
            f"the extractor {name!r} is offered by several packages",
            where=packages,
            hint="remove all of them but one",
        )
    return plugins[0]


def make(name: str, lexicon: Lexicon, options: Mapping[str, str] | None = None) -> Extractor:
    """The extractor of this name.

    Args:
        name: The name of its entry point.
        lexicon: The vocabulary's words.
        options: What the user set.

    Raises:
        UnknownNameError: When there is no such extractor, or no such option.
        PluginError: When its package fails.
        ComityError: What the factory raises.
    """
    return find(name).make(lexicon, Options(options, name))


def _own() -> Iterator[Plugin]:
    for name, value in OWN.items():
        yield Plugin(name, _COMITY, __version__, value)


def _others() -> Iterable[Plugin]:
    found = []
    try:
        entries = metadata.entry_points(group=GROUP)
    except (TypeError, ValueError, OSError) as error:
        raise PluginError(
            f"the entry points of a package that is installed cannot be read: {_told(error)}",
            hint="`pip check` and `pip list` may tell which",
        ) from error
    for entry in entries:
        dist = entry.dist
        package = (dist.name if dist is not None else "") or "unknown"
        if package != _COMITY:
            version = dist.version if dist is not None else ""
            found.append(Plugin(entry.name, package, version or "", entry.value))
    return sorted(set(found), key=lambda p: (p.name, p.package, p.value))


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {plain(error)}".rstrip(": ")
