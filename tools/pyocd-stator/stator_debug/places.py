"""
Where a suspended task stands: the section .stator.tasks of the image, JSON that the build writes (tools/debug-info.ts). It is read
from the file, not from memory: a board does not carry it.
"""
import json
import struct

from .view import current

SECTION = ".stator.tasks"


def section_of(path, wanted):
    """The contents of an ELF file's section, 32 or 64 bits, little-endian; None: it has none of the name."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] != b"\x7fELF" or data[5] != 1:
        return None
    wide = data[4] == 2
    offset, = struct.unpack_from("<Q" if wide else "<I", data, 40 if wide else 32)
    size, count, names = struct.unpack_from("<HHH", data, 58 if wide else 46)

    def header(index):
        form = "<IIQQQQ" if wide else "<IIIIII"
        return struct.unpack_from(form, data, offset + index * size)

    strings = header(names)[4]
    for index in range(count):
        name, _, _, _, start, length = header(index)
        end = data.index(b"\0", strings + name)
        if data[strings + name:end].decode() == wanted:
            return data[start:start + length]
    return None


class Places:
    """The compiled functions of an image."""

    cache = {}

    @staticmethod
    def of_program():
        path = current().image()
        if path not in Places.cache:
            text = section_of(path, SECTION) if path else None
            Places.cache[path] = Places(json.loads(text) if text else {"machines": [], "entries": []})
        return Places.cache[path]

    def __init__(self, table):
        self.machines = table["machines"]
        self.entries = table["entries"]

    def in_frames(self, wait):
        """The embedded function that a wait is in, when its variables are in the frame object of the task; or None."""
        for machine in self.machines:
            if machine["form"] == "frame" and machine["kind"] == "embedded" and machine["name"] == wait.get("what") and machine["file"] == wait.get("file"):
                return machine
        return None

    def machine_at(self, module, offset):
        """The compiled function that bytecode at this offset of the program's module of this number belongs to, or None."""
        for number, begin, end, index in self.entries:
            if number == module and begin <= offset < end:
                return self.machines[index]
        return None


def wait_in(machine, state):
    for wait in machine["waits"]:
        if wait["state"] == state:
            return wait
    return None
