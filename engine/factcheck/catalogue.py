"""The catalogue of diagnostic codes: every code once, with its title and what it means.

Codes below FC100 are errors and keep a file from loading; from FC100 on they are warnings. A code is never reused.
"""

from typing import NamedTuple


class Entry(NamedTuple):
    """What the reference says of one code."""

    title: str
    meaning: str


CATALOGUE: dict[str, Entry] = {
    # Files
    "FC001": Entry("file cannot be read", "The path does not exist, is no file, or may not be read."),
    "FC002": Entry("not UTF-8", "A rule file is UTF-8 text, with or without a byte order mark."),
    "FC003": Entry("file too large", "A rule file holds at most 1 MB."),
    "FC004": Entry("empty file", "The file holds no statement, so nothing would be loaded from it."),
    "FC005": Entry("no rule files", "The folder holds no file that ends in .fact."),
    "FC006": Entry("not a rule file", "A rule file ends in .fact; a file with NUL characters is no text."),
    "FC007": Entry("marks of a merge", "A merge has left the lines of both sides in the file, between its marks."),
    # Syntax
    "FC010": Entry("not understood", "The text here does not follow the form of the statement or field."),
    "FC011": Entry("unknown statement", "A statement is pack, list, rule, amend or disable."),
    "FC012": Entry("unknown field", "The statement has no field of this name."),
    "FC013": Entry("bracket never closed", "Each ( [ and {name} needs its closing bracket in the same field."),
    "FC014": Entry("bracket never opened", "A closing bracket stands alone or closes one of another kind."),
    "FC015": Entry("string never closed", 'A string stands between two " on one line.'),
    "FC016": Entry("exact form never closed", "An exact form stands between two ' on one line."),
    "FC017": Entry("nested too deep", "Brackets nest at most 24 deep."),
    "FC018": Entry("field without a statement", "A field stands under the statement it belongs to."),
    "FC019": Entry("typographic mark", "The language is written with straight quotation marks and three full stops."),
    # Names
    "FC020": Entry("pack statement missing or repeated", "A file with rules or lists starts with one `pack NAME`."),
    "FC021": Entry("unknown list", "No list of this name is defined in the pack, or in the pack named."),
    "FC022": Entry("list cycle", "A list must not hold itself, directly or through others."),
    "FC023": Entry("duplicate list", "Each list of a pack has a name of its own."),
    "FC024": Entry("duplicate rule", "Each rule of a pack has a name of its own."),
    "FC025": Entry("duplicate pack", "Two files define the same pack; amend it, or name yours otherwise."),
    "FC026": Entry("bad name", "Names are letters, digits, - and _, and start with a letter."),
    "FC027": Entry("unknown pack", "The pack named here is not loaded."),
    "FC028": Entry("lists nested too deep", "A pattern nests at most 64 deep with its lists written out."),
    # Values
    "FC030": Entry("unknown level", "A level is one of the ladder's, or note."),
    "FC031": Entry("weight out of range", "A weight is a number from 0 to 1."),
    "FC032": Entry("missing part", "A rule needs a message, a match, and a flag example."),
    "FC033": Entry("given twice", "This field may stand once in a statement."),
    "FC034": Entry("bad value", "The field does not take this value."),
    "FC035": Entry("bad range", "A range is two numbers from 0 to 100, the lower first."),
    "FC036": Entry("bad condition", "A condition is a place, with or without a pack, joined by and, or, not."),
    "FC037": Entry("unknown signal", "A signal is raised in a standard signal or in a loaded pack that shows one."),
    # Patterns
    "FC040": Entry("gap over the limit", "A gap passes 1 to 12 words."),
    "FC041": Entry("gap at an edge", "A pattern, in any of its readings, neither starts nor ends with a gap."),
    "FC042": Entry("pattern of gaps alone", "A pattern needs words to hold on to."),
    "FC043": Entry(
        "pattern accepts nothing", "Every part of the pattern is optional, so it would match between any words."
    ),
    "FC044": Entry(
        "no word to anchor on", "Each reading of a match needs a word, an exact form, a list or a wildcard."
    ),
    "FC045": Entry("pattern too large", "A pattern has at most 5,000 positions with its lists written out."),
    "FC046": Entry("too many word forms", "All loaded packs together hold at most 65,000 word forms."),
    "FC047": Entry("unknown class", "The language has no class of this name."),
    "FC048": Entry("bad capture", "A capture is NAME:( … ) or source.KIND:( … )."),
    "FC049": Entry("bad wildcard", "A star stands at one end of a word and stands for any letters there."),
    "FC050": Entry("form not in this language", "Inflection, <adverb> and <participle> exist for English packs."),
    "FC051": Entry("bad inflection", "After ~ stands nothing, v, n, a, or the forms in brackets."),
    # Examples
    "FC060": Entry("flag example does not fire", "A rule must fire on each of its flag examples."),
    "FC061": Entry("pass example fires", "A rule must stay silent on each of its pass examples."),
    "FC062": Entry("bad example", "An example is at most 1,000 characters and holds a word."),
    "FC063": Entry("examples cost too much", "The examples of a file may take time in proportion to its size."),
    # Amendments
    "FC070": Entry(
        "not amendable", "An amendment takes match, except, unless, when, weight, signal, level, message, severity."
    ),
    "FC071": Entry("amendment of nothing", "An amendment changes at least one thing."),
    "FC072": Entry("amendments without measure", "All amendments together change 200,000 rules, one list 1,000 times."),
    # Warnings
    "FC101": Entry("target does not exist", "The pack, rule or list to amend or disable is not loaded: no effect."),
    "FC102": Entry("can never match", "No text satisfies this pattern or condition."),
    "FC103": Entry(
        "always overridden", "Whatever this pattern matches, a later rule of the pack matches too and wins."
    ),
    "FC104": Entry("unused list", "No rule, list or amendment of the loaded packs uses the list."),
    "FC105": Entry(
        "no pass example", "A rule without a sentence that it must stay silent on is not tested for false alarms."
    ),
    "FC106": Entry("inflects as a verb too", "A noun with a bare ~ takes its verb forms along."),
    "FC107": Entry("slow pattern", "The pattern is tried at nearly every word of every article."),
    "FC108": Entry(
        "abbreviation without its stop", "In articles the stop belongs to the word, so the bare word misses it."
    ),
    "FC109": Entry("nothing trimmed", "The list holds none of the forms that the amendment takes away."),
    "FC110": Entry("words in quotation marks", 'In a pattern `"` is a mark of the text; words stand without any.'),
    "FC111": Entry(
        "words with commas between", "In a list a comma is a mark of the text; alternatives stand apart with |."
    ),
    "FC112": Entry("no such inflection", "The word has no other forms of this kind, or is a form of another itself."),
    "FC113": Entry(
        "duplicate pattern", "All that this finds, another pattern of the list, the rule or the pack finds too."
    ),
    "FC114": Entry("overlapping lists", "The list shares more than half of its entries with another one."),
    "FC115": Entry("never fires on the corpus", "The rule has no finding in any sentence of the corpus."),
    "FC116": Entry(
        "too common",
        "The rule fires in more than one sentence in twenty of the corpus, or, if its weight is 0.9 or more, in four.",
    ),
}
