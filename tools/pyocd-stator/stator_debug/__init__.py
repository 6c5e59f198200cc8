"""The tasks of a Stator image as a debugger finds them in memory: for GDB (tools/gdb) and for pyocd (pyocd_stator)."""
