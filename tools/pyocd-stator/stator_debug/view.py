"""
What reads the memory of the program that is looked at: GDB, with its own values, or debug information and a probe (pyocd_stator). A
view has

  constant(name)      an enumerator's number
  pointer_to(name)    the type "pointer to <name>", for `cast`
  global_value(name)  a variable, or None when the program has none of the name
  image()             the path of the ELF file

and values understand what GDB's do: `value["field"]`, `value[index]`, `int(value)`, `cast`, `dereference`, `string`.
"""


class Unreadable(Exception):
    """The program is none of ours, or its tables make no sense."""


chosen = None


def choose(view):
    """Sets the view that everything else in this package reads through."""
    global chosen
    chosen = view


def current():
    return chosen
