"""A few tokens of an article, read as the plain matcher reads all of it."""

from factcheck.judge.reference import Reader
from factcheck.language.pattern import RUNS, Lists
from factcheck.text.article import Article
from factcheck.text.fold import fold, plain


class Excerpt(Reader):
    """Reads patterns in tokens `first` … `end` - 1, which count from 0 here. `free` says of all what it says of one."""

    def __init__(self, article: Article, lists: Lists, first: int, end: int, *, free: bool) -> None:
        tokens = article.tokens
        places = zip(tokens.start[first:end].tolist(), tokens.end[first:end].tolist(), strict=True)
        words = [tokens.text[a:b] for a, b in places]
        self.article, self.lists, self.steps = article, lists, None
        self.form, self.fold = dict(enumerate(map(plain, words))), dict(enumerate(map(fold, words)))
        quotations = article.quotations
        self.word, self.starts, self.quotes, self.opening = (
            dict(enumerate(column[first:end].tolist()))
            for column in (tokens.word, article.starts, quotations.mark, quotations.opening)
        )
        self.free = {row: free or self.starts[row] or self.form[row] == self.fold[row] for row in range(end - first)}
        self.runs = {}
        for kind in RUNS:
            runs = article.names if kind == "name" else article.shapes[kind]
            near = slice(*runs.first.searchsorted((first, end)).tolist())
            columns = (runs.first[near], runs.end[near], runs.possessive[near])
            for start, stop, possessive in zip(*(column.tolist() for column in columns), strict=True):
                self.runs.setdefault((kind, possessive), {})[start - first] = stop - first
        self.memo, self.written = {}, {}
        self.stop = self.last = end - first
