"""Every record of the knowledge, opened from its pack: for whoever reads records and assesses nobody."""

from gillies.knowledge.pack import packed
from gillies.knowledge.records import Knowledge, pack, unpack


def open_records() -> Knowledge:
    """Every record whole, second looks included, from a pack of its own, since an answer needs fewer. Raises KnowledgeError."""
    return packed("records", unpack, _pack_records)


def _pack_records() -> bytes:
    from gillies.knowledge.build import build

    return pack(build())
