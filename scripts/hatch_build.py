"""Build hook: a wheel carries the compiled translations."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles `.po` to `.mo` before the files of the package are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling at the start of each build."""
        path = Path(self.root) / "scripts" / "compile_translations.py"
        spec = importlib.util.spec_from_file_location("compile_translations", path)
        if spec is None or spec.loader is None:
            raise RuntimeError(f"cannot read {path}")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.compile_all(Path(self.root) / "src")
