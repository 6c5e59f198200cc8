"""Robot library with Renode's keywords (keywords.txt), for robot --dryrun where there is no Renode: names and arguments, no bodies.

Also the modifier that gives it to each suite, in the way in which renode-test gives the real ones:

    robot --dryrun --pythonpath tests/renode/stub --prerunmodifier stub.GiveKeywords suite.robot
"""

import re
from pathlib import Path

from robot.api import SuiteVisitor


def read_keywords():
    found = {}
    for line in (Path(__file__).parent / "keywords.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name, *arguments = re.split(r" {2,}", line)
            found[name] = arguments
    return found


class stub:
    ROBOT_LIBRARY_SCOPE = "GLOBAL"

    def __init__(self):
        self.keywords = read_keywords()

    def get_keyword_names(self):
        return list(self.keywords)

    def get_keyword_arguments(self, name):
        return self.keywords[name]

    def run_keyword(self, name, args, named=None):
        raise AssertionError(name + " needs Renode: this library is for robot --dryrun")


class GiveKeywords(SuiteVisitor):
    def start_suite(self, suite):
        suite.resource.imports.create(type="Library", name=str(Path(__file__)))
