"""Texts in batches: many short ones or one long one, so that memory stays small however many there are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from factcheck_cli.inputs.reading import texts
from factcheck_cli.inputs.text import How, Part, Text
from factcheck_cli.log import Log, Minutes, Told

if TYPE_CHECKING:
    from factcheck_cli.inputs.parts import Inputs

Marks = Sequence[tuple[int, int, str]]
"""What a format knows about spans of a text."""

_MUCH = 1_000_000  # characters that are worth a batch
_MANY = 2_000  # texts of a batch


@dataclass(slots=True)
class Batch:
    """Texts, and what there is to tell of the inputs around them: each with the number of the text it stands before."""

    texts: list[Text] = field(default_factory=list)
    size: int = 0
    told: list[tuple[int, Told]] = field(default_factory=list)

    def hear(self, minutes: Minutes) -> None:
        """Takes over what was told since the last text."""
        self.told += ((len(self.texts), told) for told in minutes.told)
        minutes.told.clear()

    def marked(self) -> tuple[list[str], list[Marks]]:
        """The texts alone, and the marks on each."""
        return [text.text for text in self.texts], [text.marks for text in self.texts]

    def take(self, text: Text) -> None:
        """Takes one more text."""
        self.texts.append(text)
        self.size += len(text.text)

    def has_room(self, text: Text) -> bool:
        """Whether one more text makes it no larger than a batch should be."""
        return not self.texts or (self.size + len(text.text) <= _MUCH and len(self.texts) < _MANY)

    def in_order(self, lost: dict[int, str]) -> list[Told]:
        """What there is to tell, with the texts that were lost in their places."""
        losses = ((number + 0.5, Told(self.texts[number].name, why, is_failure=True)) for number, why in lost.items())
        return [told for _, told in sorted([*self.told, *losses], key=lambda one: one[0])]


def told_batches(inputs: "Inputs", log: Log) -> Iterator[Batch]:
    """The texts of inputs where one process reads all; what there is to tell of each batch is told before it."""
    for batch in batches(inputs.parts(log), inputs.how):
        log.tell(batch.in_order({}))
        yield batch


def batches(parts: Iterable[Part], how: How) -> Iterator[Batch]:
    """The texts of the parts. A batch is empty when the next one is asked for."""
    minutes, batch = Minutes(), Batch()
    for part in parts:
        for text in texts(part, how, minutes):
            if not batch.has_room(text):
                yield batch
                batch.texts.clear()
                batch = Batch()
            batch.hear(minutes)
            batch.take(text)
            if batch.size > _MUCH:  # so that a long text is let go before the next one is read
                yield batch
                batch.texts.clear()
                batch = Batch()
            del text
    batch.hear(minutes)
    if batch.texts or batch.told:
        yield batch
