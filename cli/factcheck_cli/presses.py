"""The presses of a scan: one for most, and others for parts of the input that have settings of their own."""

from typing import TYPE_CHECKING

from factcheck_cli.work import Press, Settings

if TYPE_CHECKING:
    from factcheck import Scanner
    from factcheck_cli.reading import Part


class Presses:
    """Finds the press for a part, and makes it where there is none yet."""

    def __init__(self, first: Press) -> None:
        """With the press of what has no settings of its own."""
        self.first = first
        self._others: dict[Settings, Press] = {}

    def of(self, part: "Part") -> Press:
        """The press for a part of the input."""
        if part.settings is None:
            return self.first
        press = self._others.get(part.settings) or self.add(part.settings)
        press.fit(self.first)
        return press

    def add(self, settings: Settings, scanner: "Scanner | None" = None) -> Press:
        """Makes one more. Raises RuleError and SelectionError as the scanner does."""
        self._others[settings] = Press(settings, scanner)
        return self._others[settings]
