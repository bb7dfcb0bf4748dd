"""Anki decks: a package (.apkg) a track, with a deck a module, that later packages of the same course renew."""

from trackbook.exporters.anki.decks import pack_decks, write_decks

__all__ = ["pack_decks", "write_decks"]
