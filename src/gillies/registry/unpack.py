"""The bytes of a member of a ZIP, unpacked as they are read: by isal, which takes half the time of zlib."""

import io
import zipfile
from pathlib import Path

from isal import isal_zlib

PACKED = 1 << 18
"""Bytes that are taken from the ZIP at once."""

BUFFER = 1 << 20

LOCAL_HEADER = 30
"""Bytes before a member's name, which its data follow. They begin with a mark and end with the lengths of the name and of what stands after it."""


class Unpacked(io.RawIOBase):
    """A deflated member. What comes out is counted and its checksum taken: more, less or something else than the ZIP says is a BadZipFile."""

    def __init__(self, path: Path, info: zipfile.ZipInfo) -> None:
        super().__init__()
        self.info, self.file = info, path.open("rb")
        self.file.seek(info.header_offset)
        head = self.file.read(LOCAL_HEADER)
        if len(head) < LOCAL_HEADER or not head.startswith(b"PK\3\4"):
            self.file.close()
            raise zipfile.BadZipFile(f"{info.filename} is not where the ZIP says")
        self.file.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), io.SEEK_CUR)
        self.packed, self.done, self.sum = info.compress_size, 0, 0
        self.unpacker = isal_zlib.decompressobj(-15)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what io.BufferedReader gives
        """Fills a buffer as far as one step goes; 0 at the end."""
        while not self.unpacker.eof:
            tail = self.unpacker.unconsumed_tail
            given = tail or self.file.read(min(PACKED, self.packed))
            self.packed -= 0 if tail else len(given)
            data = self._step(given, len(buffer))
            if data:
                self.done, self.sum = self.done + len(data), isal_zlib.crc32(data, self.sum)
                if self.done > self.info.file_size:
                    raise zipfile.BadZipFile(f"{self.info.filename} unpacks to more than the ZIP says")
                buffer[: len(data)] = data
                return len(data)
            if not given and not self.unpacker.eof:
                raise EOFError(f"{self.info.filename} ends too soon")
        if (self.done, self.sum) != (self.info.file_size, self.info.CRC):
            raise zipfile.BadZipFile(f"{self.info.filename} does not fit its checksum")
        return 0

    def _step(self, given: bytes, most: int) -> bytes:
        try:
            return bytes(self.unpacker.decompress(given, most))
        except isal_zlib.error as fault:  # type: ignore[misc]  # its types call the class an instance
            raise zipfile.BadZipFile(str(fault)) from fault

    def close(self) -> None:
        """Ends it."""
        self.file.close()
        super().close()


def unpacked(archive: zipfile.ZipFile, path: Path, name: str) -> io.BufferedIOBase:
    """A member for reading from front to back. One that is packed in another way is left to zipfile."""
    info = archive.getinfo(name)
    if info.compress_type != zipfile.ZIP_DEFLATED:
        return archive.open(info)  # type: ignore[return-value]  # a ZipExtFile is one
    return io.BufferedReader(Unpacked(path, info), BUFFER)
