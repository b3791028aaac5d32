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
    {{ bin }}/pytest -q {{ args }}

# run the tests with many more generated examples
deep *args:
    HYPOTHESIS_PROFILE=deep {{ bin }}/pytest -q {{ args }}

# check style and format
lint:
    {{ bin }}/ruff check
    {{ bin }}/ruff format --check

# repair style and format
format:
    {{ bin }}/ruff check --fix
    {{ bin }}/ruff format

# check types
types:
    {{ bin }}/mypy

# check who imports whom
contracts:
    {{ bin }}/lint-imports

# write the golden files anew; read the diff before you keep it
golden *args:
    {{ bin }}/pytest -q --update-golden {{ args }}

# write the made parts of the reference page anew; the outputs on all pages come with `just golden tests/docs`
docs:
    {{ bin }}/python docs/make.py

# measure speed; arguments go to pytest
bench *args:
    {{ bin }}/pytest benchmarks --benchmark-enable {{ args }}

# measure how the time of each stage grows with the text; --help tells the options
scaling *args:
    {{ bin }}/python benchmarks/scaling.py {{ args }}

# everything that must pass, from a new .venv
ci:
    bash .ci/run
