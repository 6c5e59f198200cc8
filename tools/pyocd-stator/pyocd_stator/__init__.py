"""The plugin that pyocd finds by the entry point `pyocd.rtos` (pyproject.toml)."""
from importlib.metadata import PackageNotFoundError, version

from pyocd.core.plugin import Plugin

from .threads import StatorThreadProvider


class StatorPlugin(Plugin):
    def load(self):
        return StatorThreadProvider

    @property
    def name(self):
        return "stator"

    @property
    def description(self):
        return "Stator, an async executor for TypeScript"

    @property
    def version(self):
        try:
            return version("pyocd-stator")
        except PackageNotFoundError:
            return "unknown"
