"""The HTML report: articles as a reader sees them, each sentence with the reasons for its level, and an index of them.

    pages      texts -> what the engine knows of their sentences -> articles (article, tables, charts)
    binder     articles -> one file, or a folder with a file an article, and the index (index, shell)

`report.css` and `report.js` are put into each file as they are. Without the script the page can be read all the same.
"""
