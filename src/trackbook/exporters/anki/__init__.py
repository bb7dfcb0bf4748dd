"""Anki decks: a package (.apkg) a track, with a deck a module, that later packages of the same course renew."""

from trackbook.exporters.anki.decks import Package, plan_packages, write_decks

__all__ = ["Package", "plan_packages", "write_decks"]
