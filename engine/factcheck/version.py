"""The version of the engine, where a build and the program read it."""

__version__ = "0.1.0"
