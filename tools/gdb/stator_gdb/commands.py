"""The commands: info stator, info tasks, stator bt, stator trace; pretty printers for ids and accounts."""
import zlib

import gdb
import gdb.printing

from stator_debug.engine import constant
from stator_debug.tasks import Executor, global_value
from stator_debug.view import Unreadable, choose


class GdbView:
    """The program that GDB has (stator_debug/view.py)."""

    def constant(self, name):
        return int(gdb.parse_and_eval(name))

    def pointer_to(self, name):
        return gdb.lookup_type(name).pointer()

    def global_value(self, name):
        symbol = gdb.lookup_global_symbol(name) or gdb.lookup_static_symbol(name)
        return symbol.value() if symbol is not None and symbol.symtab is not None else None

    def image(self):
        return gdb.current_progspace().filename


def all_executors():
    try:
        return Executor.all()
    except Unreadable as error:
        raise gdb.GdbError(str(error)) from error


def show_tasks():
    executors = all_executors()
    for executor in executors:
        if len(executors) > 1 or not executor.begun:
            gdb.write("%s%s\n" % (executor.title, "" if executor.begun else ": has not come to run() yet"))
        rows = [("slot", "task", "state", "priority", "polls", "cycles", "longest", "suspended at")]
        for task in executor.tasks():
            at = task.positions[-1] if task.positions else None
            where = "%s  %s" % (at.place, at.text) if at else ""
            numbers = ["-" if n is None else str(n) for n in (task.polls, task.cycles, task.longest)]
            rows.append((str(task.slot), task.name, task.state, task.level, *numbers, where))
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
        for row in rows if executor.begun else []:
            cells = [cell.rjust(width) if i in (0, 4, 5, 6) else cell.ljust(width) for i, (cell, width) in enumerate(zip(row, widths))]
            gdb.write(("  ".join(cells) + "  " + row[-1]).rstrip() + "\n")


class InfoStator(gdb.Command):
    """List the tasks: state, where each is suspended in TypeScript, what it waits for, cycles used."""

    def __init__(self, name):
        super().__init__("info " + name, gdb.COMMAND_STATUS)

    def invoke(self, argument, from_tty):
        show_tasks()


class Stator(gdb.Command):
    """Commands for Stator programs: stator bt [task], stator trace <file>. See also: info stator."""

    def __init__(self):
        super().__init__("stator", gdb.COMMAND_STACK, gdb.COMPLETE_COMMAND, True)


class StatorBt(gdb.Command):
    """Show where tasks are suspended, through every async function that they wait in. stator bt [slot or name]"""

    def __init__(self):
        super().__init__("stator bt", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        wanted = argument.strip()
        executors = all_executors()
        tasks = [task for executor in executors for task in executor.tasks()]
        chosen = [task for task in tasks if wanted in ("", str(task.slot), task.name, task.name.split(" #")[0])]
        if wanted and not chosen:
            raise gdb.GdbError('no task "%s"; there are: %s' % (wanted, ", ".join(task.name for task in tasks)))
        for task in chosen:
            within = ", " + task.executor.title if len(executors) > 1 else ""
            gdb.write("task %d %s (%s)%s\n" % (task.slot, task.name, task.state, within))
            for depth, position in enumerate(reversed(task.positions)):
                name = task.name if position.machine["kind"] == "task" else position.machine["name"]
                gdb.write("  #%d  %s at %s  %s\n" % (depth, name, position.place, position.text))
            if not task.positions:
                gdb.write("  (written by hand: its state is its own)\n")


class StatorTrace(gdb.Command):
    """Write the trace's ring to a file, as the program prints it at its end: for `stator trace --input`."""

    def __init__(self):
        super().__init__("stator trace", gdb.COMMAND_DATA, gdb.COMPLETE_FILENAME)

    def invoke(self, argument, from_tty):
        if not argument:
            raise gdb.GdbError("stator trace <file>")
        ring = global_value("stator_the_trace")
        if ring is None or int(ring["magic"]) != constant("STATOR_TRACE_MAGIC"):
            raise gdb.GdbError("the program has no trace, or has not begun it: build it with --trace")
        capacity, written = int(ring["capacity"]), int(ring["next"])
        stops = int(ring["stops"]) != 0
        count = min(written, capacity)
        lost = int(ring["lost"]) + written - count
        first = 0 if stops else written - count
        memory = bytes(gdb.selected_inferior().read_memory(int(ring["records"]), 8 * capacity))
        start = 8 * (first % capacity)
        data = (memory[start:] + memory[:start])[: 8 * count]
        words = [int.from_bytes(data[i:i + 4], "little") for i in range(0, len(data), 4)]
        # The clock cannot be read from outside: the last record stands for it.
        end = words[-2] if words else 0
        lines = ["begin %d hz %d records %d lost %d full %s end %016x" % (int(ring["version"]), int(ring["hz"]), count, lost, "stop" if stops else "overwrite", end)]
        lines += ["r " + "".join("%08x" % word for word in words[i:i + 16]) for i in range(0, len(words), 16)]
        lines.append("sum %08x" % zlib.crc32(data))
        executors = all_executors()
        for executor in executors:
            if len(executors) > 1:
                lines.append("%s %d %s" % ("thread" if executor.on_thread else "executor", executor.number, executor.name))
            if executor.begun:
                engine = executor.engine
                for pool in (engine.properties(slot) for slot in engine.items(executor.roots["pools"])):
                    lines.append("task %d %d %d %s" % (executor.number, engine.number(pool["base"]), engine.number(pool["size"]), engine.text(pool["name"])))
        lines.append("end")
        with open(argument, "w") as file:
            file.writelines("stator-trace: " + line + "\n" for line in lines)
        gdb.write("%d records in %s\n" % (count, argument))


class AccountPrinter:
    """stator_account: what a task used of the processor."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        return "%d polls, %d cycles, longest %d" % tuple(int(self.value[name]) for name in ("polls", "cycles", "longest"))


class IdPrinter:
    """stator_task_id: the slot and the generation."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        number, mask = int(self.value), constant("STATOR_SLOT_MASK")
        if number < 0:
            return "none (%d)" % number
        return "slot %d, generation %d" % (number & mask, number // (mask + 1))


def look_up(value):
    name = value.type.name
    if name == "stator_task_id":
        return IdPrinter(value)
    return AccountPrinter(value) if name == "stator_account" else None


def register():
    if getattr(gdb, "stator_registered", False):
        return
    gdb.stator_registered = True
    choose(GdbView())
    look_up.__name__ = "stator"
    gdb.printing.register_pretty_printer(None, look_up, replace=True)
    for name in ("stator", "tasks"):
        InfoStator(name)
    Stator()
    StatorBt()
    StatorTrace()
