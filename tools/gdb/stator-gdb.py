# What GDB loads for a Stator image: each image names this file in its section .debug_gdb_scripts, so that GDB finds it by
# itself (`add-auto-load-safe-path` allows it; `stator debug` does so). By hand: `source tools/gdb/stator-gdb.py`.
#
# Commands: `info stator` (or `info tasks`), `stator bt [task]`, `stator trace <file>`. They read memory only, so they work on a
# board that stands at a breakpoint, on an emulator's stub, on a process and on a core file.
import os
import sys

here = os.path.dirname(os.path.abspath(__file__)) if "__file__" in globals() else None
# What reads the tables is shared with the plugin for pyocd.
shared = os.path.join(os.path.dirname(here), "pyocd-stator") if here else None
if here is None or not os.path.isdir(os.path.join(here, "stator_gdb")) or not os.path.isdir(os.path.join(shared, "stator_debug")):
    import gdb

    raise gdb.GdbError("stator: the folders stator_gdb and ../pyocd-stator/stator_debug are not beside stator-gdb.py")
for folder in (here, shared):
    if folder not in sys.path:
        sys.path.insert(0, folder)

import stator_gdb.commands  # noqa: E402

stator_gdb.commands.register()

# On Linux levels are woken by SIGRTMIN (native/linux/level.c), which is no reason to stop.
import gdb  # noqa: E402

gdb.execute("handle SIG34 nostop noprint pass", to_string=True)
