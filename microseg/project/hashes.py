"""The hash of everything that is kept, without what a hash of the standard library brings along: OpenSSL takes as long to load as all of these files to hash."""

try:
    from _blake2 import blake2b  # where CPython has it itself
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
