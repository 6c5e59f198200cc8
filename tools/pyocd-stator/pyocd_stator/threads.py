"""
Tasks as pyocd's threads. One thread for each task that is not free, one for each executor's loop, and one for an interrupt handler when the
board stands in one that is no executor's. The running one has the processor's registers; a suspended task has no stack, and stands nowhere.

Lists are made anew when the board has run since, and never while it runs.
"""
import logging

from pyocd.core import exceptions
from pyocd.core.target import Target
from pyocd.coresight.cortex_m_core_registers import index_for_reg
from pyocd.debug.context import DebugContext
from pyocd.rtos.common import HandlerModeThread
from pyocd.rtos.provider import TargetThread, ThreadProvider

from stator_debug.tasks import Executor
from stator_debug.view import Unreadable, choose

from .image import Image

LOG = logging.getLogger(__name__)

# What GDB knows a thread by: executors above, slots below; an executor's loop has no slot.
EXECUTOR_SHIFT = 20
PC, XPSR, XPSR_THUMB = 15, 16, 1 << 24
# Where no code is: at 0 a debugger would name a function.
NOWHERE = 0xFFFF0000


def loop_id(executor):
    return (executor.number + 1) << EXECUTOR_SHIFT


class SuspendedContext(DebugContext):
    """No registers; memory is the board's."""

    VALUES = {PC: NOWHERE, XPSR: XPSR_THUMB}

    def read_core_registers_raw(self, reg_list):
        return [self.VALUES.get(index_for_reg(reg), 0) for reg in reg_list]

    def write_core_registers_raw(self, reg_list, data_list):
        raise exceptions.CoreRegisterAccessError("a suspended task has no registers")


class StatorThread(TargetThread):
    """An executor's loop, or one of its tasks."""

    def __init__(self, provider, identity, name, description):
        super().__init__()
        self._provider, self._id, self._name, self._description = provider, identity, name, description

    @property
    def unique_id(self):
        return self._id

    @property
    def name(self):
        return self._name

    @property
    def description(self):
        return self._description

    @property
    def is_current(self):
        return self._provider.get_actual_current_thread_id() == self._id

    @property
    def context(self):
        return self._provider.live if self.is_current else self._provider.suspended


def describe(task):
    """State, priority, and where it is suspended: inside the innermost function that it waits in."""
    text = "%s, %s" % (task.state, task.level)
    if task.positions:
        text += ", %s %s" % (task.positions[-1].place, task.positions[-1].text)
    return text


class StatorThreadProvider(ThreadProvider):
    def __init__(self, target):
        super().__init__(target)
        self.live = self._target_context
        self.suspended = SuspendedContext(self.live)
        self._image = None
        self._threads = {}
        self._current = None
        # A program may run already: only what resets it or programs the board takes this back, until it runs again.
        self._read_from_target = True

    def init(self, symbolProvider):
        if symbolProvider.get_symbol_value("stator_machines") is None:
            return False
        elf = self._target.elf
        if elf is None:
            LOG.warning("Stator: tasks are not shown: give the image, --elf <file>")
            return False
        # Its name is known to nobody but the file.
        self._image = Image(elf._file.name, self.live.read_memory_block8)
        if self._image.dwarf is None:
            LOG.warning("Stator: tasks are not shown: %s has no debug information", self._image.path)
            return False
        choose(self._image)
        for event in (Target.Event.POST_FLASH_PROGRAM, Target.Event.POST_RESET):
            self._target.session.subscribe(lambda notification: self.invalidate(), event)
        return True

    def invalidate(self):
        self._threads, self._current, self._last_run_token = {}, None, -1

    def _build_thread_list(self):
        self._threads, self._current = {}, None
        self._image.memory.forget()
        try:
            executors = [executor for executor in Executor.all() if executor.begun]
            for executor in executors:
                self.add(StatorThread(self, loop_id(executor), "loop of " + executor.name, executor.title))
                for task in executor.tasks():
                    self.add(StatorThread(self, loop_id(executor) + task.slot + 1, task.name, describe(task)))
            if executors:
                self._current = self.find_current(executors)
        except (exceptions.TransferError, Unreadable, KeyError, IndexError, ValueError) as error:
            # Before start-up memory holds anything.
            LOG.debug("Stator: the tables cannot be read: %s", error)
            self._threads, self._current = {}, None

    def add(self, thread):
        self._threads[thread.unique_id] = thread

    def find_current(self, executors):
        exception = self.live.read_core_register("ipsr")
        for executor in executors:
            if int(executor.value["exception"]) == exception:
                identity = loop_id(executor) + int(executor.value["current"]) + 1
                return identity if identity in self._threads else loop_id(executor)
        if exception == 0:
            return loop_id(executors[0])
        self.add(HandlerModeThread(self.live, self))
        return HandlerModeThread.UNIQUE_ID

    def get_threads(self):
        self.update_threads()
        return list(self._threads.values())

    def get_thread(self, threadId):
        self.update_threads()
        return self._threads.get(threadId)

    @property
    def is_enabled(self):
        self.update_threads()
        return len(self._threads) > 0

    @property
    def current_thread(self):
        return self.get_thread(self.get_current_thread_id())

    def is_valid_thread_id(self, threadId):
        return self.get_thread(threadId) is not None

    def get_current_thread_id(self):
        self.update_threads()
        return self._current

    def get_actual_current_thread_id(self):
        return self.get_current_thread_id()
