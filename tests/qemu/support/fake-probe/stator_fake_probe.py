"""
A debug probe for pyocd that serves the memory and the registers of a board that was dumped, and keeps what is written. The core does
not run: it is halted, or it is said to run. $STATOR_FAKE_PROBE is a JSON file:

  { "memory": [{ "address": 536870912, "file": "ram.bin" }], "registers": { "pc": 4096, … }, "written": "flash.bin" }

`written`, when it is given, receives the first megabyte of memory when the probe is closed.
"""
import json
import os
from pathlib import Path

from pyocd.core import exceptions
from pyocd.core.memory_interface import MemoryInterface
from pyocd.core.plugin import Plugin
from pyocd.probe.debug_probe import DebugProbe

PAGE = 4096
SCS, ROM_TABLE = 0xE000E000, 0xE00FF000
CPUID, AIRCR, DHCSR, DCRSR, DCRDR, DEMCR = SCS + 0xD00, SCS + 0xD0C, SCS + 0xDF0, SCS + 0xDF4, SCS + 0xDF8, SCS + 0xDFC
CORTEX_M3 = 0x412FC231
KEY, C_HALT, S_REGRDY, S_HALT, S_RESET = 0xA05F0000, 1 << 1, 1 << 16, 1 << 17, 1 << 25
RESET_REQUEST, CATCH_RESET, WRITES = 1 << 2, 1, 1 << 16
NUMBERS = {**{"r%d" % i: i for i in range(13)}, "sp": 13, "lr": 14, "pc": 15, "xpsr": 16, "msp": 17, "psp": 18}
# A system control space of ARMv7-M, and a ROM table that names it: what identifies them (PIDR4-7, PIDR0-3, CIDR0-3).
IDS = {SCS: (0x0C, 0xB0, 0x0B, 0xE0), ROM_TABLE: (0xC3, 0xB4, 0x0B, 0x10)}


class Board(MemoryInterface):
    """Memory and core."""

    def __init__(self, path):
        with open(path) as file:
            given = json.load(file)
        self.pages = {}
        self.written = given.get("written")
        for part in given["memory"]:
            self.put(part["address"], (Path(path).parent / part["file"]).read_bytes())
        self.registers = {NUMBERS[name]: value for name, value in given["registers"].items()}
        self.registers[17] = self.registers.get(13, 0)
        self.selected = self.catch = 0
        self.halted, self.was_reset = True, False
        for base, ids in IDS.items():
            words = [4, 0, 0, 0, ids[0], ids[1], ids[2], 0, 0x0D, ids[3], 0x05, 0xB1]
            self.put(base + 0xFD0, b"".join(word.to_bytes(4, "little") for word in words))
        self.put(CPUID, CORTEX_M3.to_bytes(4, "little"))
        self.put(ROM_TABLE, ((SCS - ROM_TABLE) & 0xFFFFF000 | 3).to_bytes(4, "little"))

    def put(self, address, data):
        at = 0
        while at < len(data):
            page, offset = divmod(address + at, PAGE)
            size = min(PAGE - offset, len(data) - at)
            self.pages.setdefault(page, bytearray(PAGE))[offset:offset + size] = data[at:at + size]
            at += size

    def get(self, address, size):
        data = bytearray()
        while len(data) < size:
            page, offset = divmod(address + len(data), PAGE)
            if page not in self.pages and page < 0xE0000000 // PAGE:
                raise exceptions.TransferFaultError(fault_address=address, length=size)
            data += self.pages.get(page, bytes(PAGE))[offset:offset + min(PAGE - offset, size - len(data))]
        return data

    def read_memory(self, addr, transfer_size=32, now=True, csw=0):
        if addr == DHCSR:
            value = 1 | S_REGRDY | (S_HALT | C_HALT if self.halted else 0) | (S_RESET if self.was_reset else 0)
            self.was_reset = False
        elif addr == DCRDR:
            value = self.registers.get(DCRDR, 0)
        elif addr == DEMCR:
            value = self.catch
        else:
            value = int.from_bytes(self.get(addr, transfer_size // 8), "little")
        return value if now else lambda: value

    def write_memory(self, addr, data, transfer_size=32, csw=0):
        if addr == DHCSR:
            if data & 0xFFFF0000 == KEY:
                self.halted = data & C_HALT != 0
        elif addr == DCRSR:
            number = data & 0x7F
            if data & WRITES:
                self.registers[number] = self.registers.get(DCRDR, 0)
            else:
                self.registers[DCRDR] = self.registers.get(number, 0)
        elif addr == DCRDR:
            self.registers[DCRDR] = data
        elif addr == DEMCR:
            self.catch = data
        elif addr == AIRCR and data & RESET_REQUEST:
            self.reset()
        else:
            self.put(addr, data.to_bytes(transfer_size // 8, "little"))

    def reset(self):
        self.registers[13] = self.registers[17] = int.from_bytes(self.get(0, 4), "little")
        self.registers[15] = int.from_bytes(self.get(4, 4), "little") & ~1
        self.registers[16] = 1 << 24
        self.was_reset, self.halted = True, self.catch & CATCH_RESET != 0

    def read_memory_block8(self, addr, size, csw=0):
        return list(self.get(addr, size))

    def write_memory_block8(self, addr, data, csw=0):
        self.put(addr, bytes(data))

    def read_memory_block32(self, addr, size, csw=0):
        return [self.read_memory(addr + 4 * i) for i in range(size)]

    def write_memory_block32(self, addr, data, csw=0):
        for i, word in enumerate(data):
            self.write_memory(addr + 4 * i, word)


class FakeProbe(DebugProbe):
    """Selects access ports itself; one of them, for memory."""

    AP = {0x00: 0x43000052, 0xF8: ROM_TABLE | 3, 0xFC: 0x24770011}

    @classmethod
    def get_all_connected_probes(cls, unique_id=None, is_explicit=False):
        return [cls()] if "STATOR_FAKE_PROBE" in os.environ else []

    @classmethod
    def get_probe_with_id(cls, unique_id, is_explicit=False):
        return cls() if unique_id == "fake" and "STATOR_FAKE_PROBE" in os.environ else None

    vendor_name, product_name, unique_id = "Stator", "memory of a run", "fake"
    supported_wire_protocols = [DebugProbe.Protocol.DEFAULT, DebugProbe.Protocol.SWD]
    capabilities = {DebugProbe.Capability.MANAGED_AP_SELECTION, DebugProbe.Capability.MANAGED_DPBANKSEL}

    def __init__(self):
        super().__init__()
        self.protocol, self.opened, self.control = None, False, 0
        self.board = None
        self.access = dict(self.AP)

    @property
    def wire_protocol(self):
        return self.protocol

    @property
    def is_open(self):
        return self.opened

    def open(self):
        self.opened = True
        if self.board is None:
            self.board = Board(os.environ["STATOR_FAKE_PROBE"])

    def close(self):
        self.opened = False
        if self.board.written:
            size = 1 << 20
            data = b"".join(bytes(self.board.pages.get(page, bytes(PAGE))) for page in range(size // PAGE))
            (Path(os.environ["STATOR_FAKE_PROBE"]).parent / self.board.written).write_bytes(data)

    def connect(self, protocol=None):
        self.protocol = DebugProbe.Protocol.SWD

    def disconnect(self):
        self.protocol = None

    def set_clock(self, frequency):
        pass

    def reset(self):
        self.board.reset()

    def assert_reset(self, asserted):
        if asserted:
            self.board.reset()

    def is_reset_asserted(self):
        return False

    def read_dp(self, addr, now=True):
        # IDR; CTRL/STAT acknowledges the power that was asked for.
        value = 0x2BA01477 if addr & 0xF == 0 else self.control | (self.control & 0x50000000) << 1 if addr & 0xF == 4 else 0
        return value if now else lambda: value

    def write_dp(self, addr, data):
        if addr & 0xF == 4:
            self.control = data

    def read_ap(self, addr, now=True):
        value = self.access.get(addr & 0xFF, 0) if addr >> 24 == 0 else 0
        return value if now else lambda: value

    def write_ap(self, addr, data):
        self.access[addr & 0xFF] = data

    def get_memory_interface_for_ap(self, ap_address):
        return self.board


class FakeProbePlugin(Plugin):
    def load(self):
        return FakeProbe

    @property
    def name(self):
        return "stator-fake"

    @property
    def description(self):
        return "a board that was dumped"
