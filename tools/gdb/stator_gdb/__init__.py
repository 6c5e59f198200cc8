"""GDB commands for Stator images (../stator-gdb.py)."""
