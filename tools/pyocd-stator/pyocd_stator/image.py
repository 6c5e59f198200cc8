"""
Variables of a program that stands on a board: types from the image's debug information, contents from its memory. This is the view
(stator_debug/view.py) without GDB. Types are looked for when they are asked for, in the compilation units that are likely first: a whole
image takes a second to read.
"""
import struct

from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

QUALIFIERS = {"DW_TAG_typedef", "DW_TAG_const_type", "DW_TAG_volatile_type", "DW_TAG_atomic_type", "DW_TAG_restrict_type"}
RECORDS = {"DW_TAG_structure_type", "DW_TAG_union_type"}
DW_ATE_BOOLEAN, DW_ATE_FLOAT, DW_ATE_SIGNED, DW_ATE_SIGNED_CHAR = 2, 4, 5, 6
STRING_MAX = 256
PAGE = 64


class Memory:
    """The board's memory, each page read once until `forget`: a probe takes a millisecond for each access."""

    def __init__(self, read):
        self.read_block = read
        self.pages = {}

    def forget(self):
        self.pages = {}

    def read(self, address, size):
        first, last = address // PAGE, (address + size - 1) // PAGE
        for page in range(first, last + 1):
            if page not in self.pages:
                self.pages[page] = bytes(self.read_block(page * PAGE, PAGE))
        data = b"".join(self.pages[page] for page in range(first, last + 1))
        start = address - first * PAGE
        return data[start:start + size]


class Type:
    """A type of the debug information, with its qualifiers and names taken off; `die` None: void."""

    def __init__(self, image, die):
        self.image = image
        while die is not None and die.tag in QUALIFIERS:
            die = die.get_DIE_from_attribute("DW_AT_type") if "DW_AT_type" in die.attributes else None
        # Declared only: the definition stands in another unit.
        if die is not None and die.tag in RECORDS and "DW_AT_declaration" in die.attributes:
            die = image.record(die.attributes["DW_AT_name"].value) or die
        self.die = die
        self.is_pointer = die is not None and die.tag == "DW_TAG_pointer_type"
        self.is_array = die is not None and die.tag == "DW_TAG_array_type"

    def target(self):
        """What a pointer points at, or an array's items are."""
        die = self.die
        return Type(self.image, die.get_DIE_from_attribute("DW_AT_type") if "DW_AT_type" in die.attributes else None)

    @property
    def size(self):
        if self.die is None:
            return 1
        if self.is_array:
            count = 1
            for child in self.die.iter_children():
                if "DW_AT_upper_bound" in child.attributes:
                    count *= child.attributes["DW_AT_upper_bound"].value + 1
            return count * self.target().size
        return self.die.attributes["DW_AT_byte_size"].value

    def field(self, name):
        """Offset and type of a field."""
        found = self.member(name.encode())
        if found is None:
            raise KeyError("there is no field " + name)
        return found

    def member(self, name):
        for child in self.die.iter_children():
            if child.tag != "DW_TAG_member":
                continue
            offset = child.attributes["DW_AT_data_member_location"].value if "DW_AT_data_member_location" in child.attributes else 0
            kind = Type(self.image, child.get_DIE_from_attribute("DW_AT_type"))
            if name_of(child) == name:
                return offset, kind
            # The fields of a record without a name are this one's.
            inner = kind.member(name) if name_of(child) == b"" and kind.die.tag in RECORDS else None
            if inner is not None:
                return offset + inner[0], inner[1]
        return None

    def decode(self, data):
        encoding = self.die.attributes["DW_AT_encoding"].value if "DW_AT_encoding" in self.die.attributes else 0
        if encoding == DW_ATE_FLOAT:
            return struct.unpack("<d" if len(data) == 8 else "<f", data)[0]
        return int.from_bytes(data, "little", signed=encoding in (DW_ATE_SIGNED, DW_ATE_SIGNED_CHAR))


class Pointer:
    """The type "pointer to" a type that the image has no such type for."""

    is_pointer, is_array, size = True, False, 4

    def __init__(self, to):
        self.to = to

    def target(self):
        return self.to

    def decode(self, data):
        return int.from_bytes(data, "little")


class Value:
    """A place in memory with its type, or a pointer that was computed (`number`)."""

    def __init__(self, image, kind, address, number=None):
        self.image, self.kind, self.address, self.computed = image, kind, address, number

    def number(self):
        if self.computed is None:
            self.computed = self.kind.decode(self.image.memory.read(self.address, self.kind.size))
        return self.computed

    def __int__(self):
        return int(self.number())

    def __float__(self):
        return float(self.number())

    def __getitem__(self, key):
        if isinstance(key, str):
            base = self.dereference() if self.kind.is_pointer else self
            offset, kind = base.kind.field(key)
            return Value(self.image, kind, base.address + offset)
        item = self.kind.target()
        start = self.address if self.kind.is_array else int(self)
        return Value(self.image, item, start + key * item.size)

    def cast(self, kind):
        return Value(self.image, kind, None, int(self))

    def dereference(self):
        return Value(self.image, self.kind.target(), int(self))

    def string(self, encoding="utf-8", errors="strict"):
        at, data = self.address if self.kind.is_array else int(self), b""
        while len(data) < STRING_MAX and b"\0" not in data:
            data += self.image.memory.read(at + len(data), PAGE - (at + len(data)) % PAGE)
        return data.split(b"\0")[0].decode(encoding, errors)


class Image:
    """The view: an ELF file, and how memory is read."""

    def __init__(self, path, read):
        self.path = path
        self.memory = Memory(read)
        self.file = open(path, "rb")
        elf = ELFFile(self.file)
        self.symbols = {}
        for section in elf.iter_sections():
            if isinstance(section, SymbolTableSection):
                for symbol in section.iter_symbols():
                    if symbol["st_info"]["type"] == "STT_OBJECT":
                        self.symbols[symbol.name] = symbol["st_value"]
        self.dwarf = elf.get_dwarf_info() if elf.has_dwarf_info() else None
        self.units = list(self.dwarf.iter_CUs()) if self.dwarf is not None else []
        self.units.sort(key=lambda unit: b"stator" not in name_of(unit.get_top_DIE()) and b"machine" not in name_of(unit.get_top_DIE()))
        self.indexed = 0
        self.records, self.names, self.variables, self.enumerators = {}, {}, {}, {}

    def close(self):
        self.file.close()

    def index(self):
        """Reads the next unit; False: there is none."""
        if self.indexed == len(self.units):
            return False
        for die in self.units[self.indexed].get_top_DIE().iter_children():
            if die.tag == "DW_TAG_enumeration_type":
                for child in die.iter_children():
                    self.enumerators.setdefault(child.attributes["DW_AT_name"].value, child.attributes["DW_AT_const_value"].value)
                continue
            if "DW_AT_name" not in die.attributes:
                continue
            name = die.attributes["DW_AT_name"].value
            if die.tag in RECORDS and "DW_AT_declaration" not in die.attributes:
                self.records.setdefault(name, die)
            elif die.tag == "DW_TAG_typedef":
                self.names.setdefault(name, die)
            elif die.tag == "DW_TAG_variable":
                self.variables.setdefault(name, die)
        self.indexed += 1
        return True

    def find(self, table, name):
        while name not in table and self.index():
            pass
        return table.get(name)

    def record(self, name):
        return self.find(self.records, name)

    def constant(self, name):
        value = self.find(self.enumerators, name.encode())
        if value is None:
            raise KeyError("there is no constant " + name)
        return value

    def pointer_to(self, name):
        die = self.find(self.names, name.encode())
        if die is None:
            raise KeyError("there is no type " + name)
        return Pointer(Type(self, die))

    def global_value(self, name):
        if name not in self.symbols:
            return None
        die = self.find(self.variables, name.encode())
        return None if die is None else Value(self, Type(self, die.get_DIE_from_attribute("DW_AT_type")), self.symbols[name])

    def image(self):
        return self.path


def name_of(die):
    return die.attributes["DW_AT_name"].value if "DW_AT_name" in die.attributes else b""
