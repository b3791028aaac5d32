# What a developer types. `just` lists the recipes.

bin := ".venv/bin"

_list:
    @just --list --unsorted

# make .venv and install the project with its development tools
setup:
    python3 -m venv .venv
    {{ bin }}/pip install -q -e '.[dev]'

# run the tests; arguments go to pytest
test *args:
    {{ bin }}/pytest -q -n auto --dist loadfile {{ args }}

# run the tests with many more generated examples
deep *args:
    HYPOTHESIS_PROFILE=deep {{ bin }}/pytest -q -n auto --dist loadfile {{ args }}

# check style and format
lint:
    {{ bin }}/ruff check
    {{ bin }}/ruff format --check
    {{ bin }}/factcheck rules fmt --check rules

# repair style and format
format:
    {{ bin }}/ruff check --fix
    {{ bin }}/ruff format
    {{ bin }}/factcheck rules fmt rules

# check types
types:
    {{ bin }}/mypy

# check who imports whom
contracts:
    {{ bin }}/lint-imports
    {{ bin }}/lint-imports cli/importlinter.toml

# write the golden files anew; read the diff before you keep it
golden *args:
    {{ bin }}/pytest -q --update-golden {{ args }}

# write the made parts of the reference and of the page on speed anew; the outputs on all pages come with `just golden tests/docs`
docs:
    {{ bin }}/python docs/make.py

# build the documentation as a site, in build/site
site:
    NO_MKDOCS_2_WARNING=1 {{ bin }}/mkdocs build --strict

# show the site while pages are written
site-serve:
    NO_MKDOCS_2_WARNING=1 {{ bin }}/mkdocs serve

# take the picture of the HTML report that the README shows, and draw the charts on the page on statistics
picture:
    {{ bin }}/python docs/screenshot.py
    {{ bin }}/python docs/stats_chart.py

# measure each stage; arguments go to pytest
bench *args:
    {{ bin }}/pytest benchmarks --benchmark-enable {{ args }}

# measure how the time grows with texts and rules; --help tells the options, as of all tools
scaling *args:
    {{ bin }}/python benchmarks/scaling.py {{ args }}

# measure the worst texts and the worst rules
worst *args:
    {{ bin }}/python benchmarks/worst.py {{ args }}

# measure factcheck beside its peers; needs the extra `bench`
peers *args:
    {{ bin }}/python benchmarks/peers.py {{ args }}

# measure the peak of memory
memory *args:
    {{ bin }}/python benchmarks/memory.py {{ args }}

# measure the HTML report: its size, how long it takes to make, to open and to use; needs Chromium
pages *args:
    {{ bin }}/python benchmarks/pages.py {{ args }}

# measure how long the command takes to start, and rules to load
startup *args:
    {{ bin }}/python benchmarks/startup.py {{ args }}

# score learnt weights fold by fold; names files of labelled sentences
folds *args:
    {{ bin }}/python benchmarks/folds.py {{ args }}

# measure all of it and keep the record; `just docs` then makes the page on speed from it
record *args:
    {{ bin }}/python benchmarks/record.py {{ args }}

# everything that must pass, from a new .venv
ci:
    bash .ci/run
