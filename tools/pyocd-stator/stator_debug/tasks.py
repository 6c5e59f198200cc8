"""
The executor's tables (src/executor/table.ts, native/abi/executor.h) as a list of tasks: state, where each is suspended, what
it waits for, what it has used of the processor.
"""
from .engine import Engine, constant
from .places import Places, wait_in
from .view import Unreadable, current

# src/executor/table.ts
STATES = ["claimed", "live", "cancel asked", "cancelling"]
LEVELS = ["high", "normal", "low"]
LEVEL_SHIFT, STOP_ASKED, POOL_SHIFT = 2, 16, 5


def global_value(name):
    return current().global_value(name)


class Position:
    """A place in the source where a function is suspended, and what it waits for."""

    def __init__(self, machine, wait, on):
        self.machine, self.wait, self.on = machine, wait, on

    @property
    def place(self):
        line = self.wait["line"] if self.wait else self.machine["line"]
        return "%s:%d" % (self.machine["file"], line)

    @property
    def text(self):
        return (self.wait["text"] if self.wait else "not begun") + (" (%s)" % self.on if self.on else "")


class Task:
    def __init__(self, executor, slot, name, state, level):
        self.executor, self.slot, self.name, self.state, self.level = executor, slot, name, state, level
        self.cycles = self.polls = self.longest = None
        self.positions = []


class Executor:
    """One executor with its machine."""

    def __init__(self, value, number):
        self.value, self.number = value, number
        self.roots = value["roots"]
        self.begun = int(self.roots["machine"]) != 0
        if self.begun:
            self.engine = Engine(self.roots["machine"])

    @property
    def name(self):
        """What the build calls its machine (native/xs/machine.h, stator_place)."""
        places = global_value("stator_places")
        return places[self.number]["name"].string() if places is not None else str(self.number)

    @property
    def on_thread(self):
        """Whether it has a thread of its own."""
        return bool(global_value("stator_machines")[self.number]["thread"])

    @property
    def title(self):
        """Its number, its name, and the vector that enters it."""
        vector = int(self.value["exception"]) - 16
        return "executor %d: %s" % (self.number, self.name if vector < 0 else 'level "%s" at vector %d' % (self.name, vector))

    @staticmethod
    def all():
        machines = global_value("stator_machines")
        if machines is None:
            raise Unreadable("this is no Stator image, or it was built without debug information")
        # Not by the array's size: where GDB stands in a file that only declares it, it has none.
        count = int(global_value("stator_machine_count") or 1)
        return [Executor(machines[i]["executor"], i) for i in range(max(1, min(count, 64)))]

    def bit(self, words, slot):
        return bool(int(words[slot // 32]) >> (slot % 32) & 1)

    def tasks(self):
        """The tasks that are not free."""
        if not self.begun:
            return []
        engine = self.engine
        pools = [engine.properties(slot) for slot in engine.items(self.roots["pools"])]
        polls = engine.items(self.roots["polls"])
        found = []
        for slot, entry in enumerate(engine.items(self.roots["states"])):
            state = engine.number(entry, -1)
            if state < 0:
                continue
            pool = pools[state >> POOL_SHIFT]
            name = engine.text(pool.get("name"), "?")
            if engine.number(pool.get("size"), 1) > 1:
                name += " #%d" % (slot - engine.number(pool.get("base"), 0))
            task = Task(self, slot, name, self.describe(slot, state), LEVELS[(state >> LEVEL_SHIFT) & 3])
            self.account(task)
            self.suspended(task, polls[slot], pool, slot)
            found.append(task)
        return found

    def describe(self, slot, entry):
        state = entry & 3
        if state == 0:
            return STATES[0]
        ready = self.value["ready"]
        now = "waiting"
        if int(self.value["current"]) == slot:
            now = "polling"
        elif self.bit(ready["ready"], slot) or self.bit(ready["taken"], slot):
            now = "ready"
        if entry & STOP_ASKED and state == 1:
            return "stop asked, " + now
        return now if state == 1 else STATES[state] + ", " + now

    def account(self, task):
        accounts = self.value["accounts"]
        if task.slot < int(accounts["room"]):
            account = accounts["slots"][task.slot]
            task.cycles, task.polls, task.longest = (int(account[name]) for name in ("cycles", "polls", "longest"))

    # Where it is suspended.

    def suspended(self, task, turn, pool, slot):
        engine = self.engine
        code, frame = engine.code(turn), None
        # A frame object stands in the table itself. While a cancellation waits for its turn another function does: the frame has the task's own.
        if code is None or self.machine_of(code[0]) is None:
            frames = engine.items(engine.reference(pool["frames"])) if "frames" in pool else []
            index = slot - engine.number(pool.get("base"), 0)
            if not 0 <= index < len(frames):
                return
            frame = frames[index]
            own = engine.member(frame, "poll")
            code = engine.code(own) if own is not None else None
        if code is None:
            return
        machine = self.machine_of(code[0])
        in_object = machine is not None and machine["form"] == "frame" and frame is not None
        self.walk(task, machine, engine.properties(frame) if in_object else engine.captured(code[1]), 0)

    def machine_of(self, address):
        program = global_value("stator_the_program")
        for number in range(int(program["module_count"])):
            module = program["modules"][number]
            offset = address - int(module["code"])
            if 0 <= offset < int(module["size"]):
                return Places.of_program().machine_at(number, offset)
        return None

    def walk(self, task, machine, variables, depth):
        """Adds the position of a function, and of the functions that it waits in: outermost first."""
        if machine is None or depth > 32:
            return
        engine = self.engine

        def variable(name):
            return variables.get(machine["prefix"] + name, variables.get(name))

        wait = wait_in(machine, engine.number(variable("$state"), 0))
        on = wait.get("on") if wait else None
        target = variable(on) if on else None
        if on is None or not on.startswith("$call"):
            task.positions.append(Position(machine, wait, self.waits_on(wait, target)))
            return
        task.positions.append(Position(machine, wait, None))
        shared = Places.of_program().in_frames(wait) if machine["form"] == "frame" else None
        if shared is not None:
            self.walk(task, shared, variables, depth + 1)
            return
        inner = variable(on + "_poll")
        if inner is None and target is not None:
            inner = engine.properties(target).get("poll")
        code = engine.code(inner) if inner is not None else None
        if code is not None:
            self.walk(task, self.machine_of(code[0]), engine.captured(code[1]), depth + 1)

    def waits_on(self, wait, target):
        """What a leaf waits for, beyond its text."""
        if wait is None or target is None:
            return None
        if wait.get("what") == "Sleep":
            number = self.engine.number(target)
            if number is None:
                number = self.engine.number(self.engine.properties(target).get("timer"))
            return self.until(number)
        if wait.get("what") == "Join":
            handle = self.engine.properties(target).get("handle")
            identity = self.engine.number(self.engine.properties(handle).get("id")) if handle is not None else None
            if identity is not None:
                mask = constant("STATOR_SLOT_MASK")
                return "slot %d" % (identity & mask)
        return None

    def until(self, number):
        wheel = self.wheel()
        if wheel is None or number is None or not 0 <= number < int(wheel["timers"]["count"]):
            return None
        # In pieces, each twice as long as the one before (stator_timers_get).
        number, first = int(number), constant("STATOR_WHEEL_FIRST")
        piece = (number // first + 1).bit_length() - 1
        timer = wheel["timers"]["pieces"][piece][number - ((first << piece) - first)]
        return "until tick %d" % int(timer["at"]) if int(timer["state"]) == constant("STATOR_TIMER_SET") else None

    def wheel(self):
        timers = self.value["timers"]
        return timers.cast(current().pointer_to("stator_wheel")).dereference() if int(timers) else None
