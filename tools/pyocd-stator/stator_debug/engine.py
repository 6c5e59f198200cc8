"""
Values of the XS engine as a debugger finds them in memory: slots, arrays, objects, functions and what these capture. Kinds
and layouts come from the image's debug information; the numbers of kinds are the engine's enumeration.
"""
from .view import current


def constant(name):
    return current().constant(name)


class Engine:
    """One machine."""

    def __init__(self, the):
        self.the = the.cast(current().pointer_to("txMachine")).dereference()
        self.slot_pointer = current().pointer_to("txSlot")
        self.kinds = {}
        self.names = {}

    def kind(self, name):
        if name not in self.kinds:
            self.kinds[name] = constant("XS_" + name + "_KIND")
        return self.kinds[name]

    def is_kind(self, slot, *names):
        return int(slot["kind"]) in [self.kind(name) for name in names]

    def name_of(self, number):
        """The property name behind an ID."""
        number = int(number)
        if number not in self.names:
            offset = int(self.the["keyOffset"])
            keys = self.the["keyArrayHost"] if number < offset else self.the["keyArray"]
            key = keys[number if number < offset else number - offset]
            text = None
            if 0 < number < int(self.the["keyCount"]) and int(key) != 0:
                if self.is_kind(key, "KEY", "KEY_X"):
                    text = key["value"]["key"]["string"].string("utf-8", "replace")
                elif self.is_kind(key, "STRING", "STRING_X"):
                    text = key["value"]["string"].string("utf-8", "replace")
            self.names[number] = text
        return self.names[number]

    def items(self, instance):
        """The items of an array, of its instance."""
        array = instance.cast(self.slot_pointer)["next"]
        if int(array) == 0 or not self.is_kind(array, "ARRAY"):
            return []
        first = array["value"]["array"]["address"]
        return [first[i] for i in range(int(array["value"]["array"]["length"]))]

    def chain(self, slot):
        """A list of slots, at most so many: memory may be broken."""
        for _ in range(4096):
            if int(slot) == 0:
                return
            yield slot
            slot = slot["next"]

    def reference(self, slot):
        """The instance that a slot refers to, or None."""
        return slot["value"]["reference"] if self.is_kind(slot, "REFERENCE") else None

    def properties(self, slot):
        """The properties of the object that a slot refers to: name -> slot."""
        instance = self.reference(slot)
        if instance is None:
            return {}
        found = {}
        for one in self.chain(instance["next"]):
            name = self.name_of(one["ID"])
            if name is not None:
                found[name] = one.dereference()
        return found

    def member(self, slot, name):
        """A property of the object that a slot refers to, its own or its class's, or None."""
        instance = self.reference(slot)
        own = self.properties(slot).get(name)
        if own is not None or instance is None:
            return own
        prototype = instance["value"]["instance"]["prototype"]
        if int(prototype) == 0:
            return None
        for one in self.chain(prototype["next"]):
            if self.name_of(one["ID"]) == name:
                return one.dereference()
        return None

    def number(self, slot, otherwise=None):
        if slot is None:
            return otherwise
        if self.is_kind(slot, "INTEGER"):
            return int(slot["value"]["integer"])
        if self.is_kind(slot, "NUMBER"):
            return float(slot["value"]["number"])
        return otherwise

    def text(self, slot, otherwise=None):
        if slot is not None and self.is_kind(slot, "STRING", "STRING_X"):
            return slot["value"]["string"].string("utf-8", "replace")
        return otherwise

    def code(self, slot):
        """Address of a function's bytecode, and its instance's slot with what it captures; or None."""
        instance = self.reference(slot)
        if instance is None:
            return None
        function = instance["next"]
        if int(function) == 0 or not self.is_kind(function, "CODE", "CODE_X"):
            return None
        return int(function["value"]["code"]["address"]), function["value"]["code"]["closures"]

    def captured(self, closures):
        """The variables that a function captures: name -> slot."""
        found = {}
        if int(closures) == 0:
            return found
        for one in self.chain(closures["next"]):
            name = self.name_of(one["ID"])
            if name is None:
                continue
            slot = one.dereference()
            if self.is_kind(slot, "CLOSURE"):
                slot = slot["value"]["closure"].dereference()
            found[name] = slot
        return found
