// The native functions of native/linux/threads-glue.c: executors on threads, and work that goes to them. Compiled by stator-xsc; no JavaScript parser reads this file.
// stator: no-allocation returns a whole number
export function threadNumber() @ "xs_stator_thread_number";
export function threadsOpen(count) @ "xs_stator_threads_open";
export function threadStart(number, dispatcher) @ "xs_stator_thread_start";
export function threadReady() @ "xs_stator_thread_ready";
// stator: no-allocation leaves the loop: the machine runs no more
export function threadLeave() @ "xs_stator_thread_leave";
// stator: no-allocation sets bits of other executors
export function threadsStop() @ "xs_stator_threads_stop";
// stator: no-allocation returns a whole number
export function threadsLeft() @ "xs_stator_threads_left";
// stator: no-allocation returns a number
export function threadStat(executor, which) @ "xs_stator_thread_stat";
export function taskShare(name, slots) @ "xs_stator_task_share";
export function dispatcherNew(capacity) @ "xs_stator_dispatcher_new";
// stator: no-allocation moves work in lists in C memory
export function dispatcherQuit(dispatcher) @ "xs_stator_dispatcher_quit";
export function dispatcherWaitNew() @ "xs_stator_dispatcher_wait_new";
// stator: no-allocation fills an entry in C memory
export function dispatcherWaitPoll(wait, dispatcher, what, most, waker) @ "xs_stator_dispatcher_wait_poll";
// stator: no-allocation clears a flag
export function dispatcherWaitLeave(wait) @ "xs_stator_dispatcher_wait_leave";
export function workNew(task, bytes, tag) @ "xs_stator_work_new";
// stator: no-allocation takes an entry of a pool in C memory
export function workAlloc(dispatcher, task) @ "xs_stator_work_alloc";
// stator: no-allocation writes a number to C memory
export function workArgument(work, index, value) @ "xs_stator_work_argument";
// stator: no-allocation returns a number
export function workArgumentOf(work, index) @ "xs_stator_work_argument_of";
// stator: no-allocation moves work in lists in C memory
export function workSubmit(work, dispatcher, priority) @ "xs_stator_work_submit";
// stator: no-allocation moves work in lists in C memory
export function workAttach(work, executor, priority) @ "xs_stator_work_attach";
// stator: no-allocation moves work in lists in C memory
export function workNext(executor, waker) @ "xs_stator_work_next";
// stator: no-allocation writes a number to C memory
export function workBegan(work, id) @ "xs_stator_work_began";
// stator: no-allocation moves work in lists in C memory
export function workRefuse(work) @ "xs_stator_work_refuse";
// stator: no-allocation moves work in lists in C memory
export function workEnd(work, status, value) @ "xs_stator_work_end";
// stator: no-allocation the text of an exception is made once it has been thrown
export function workFail(work, error) @ "xs_stator_work_fail";
// stator: no-allocation returns a whole number
export function workWhat(work) @ "xs_stator_work_what";
// stator: no-allocation returns a whole number
export function workRunsAs(work) @ "xs_stator_work_runs_as";
// stator: no-allocation returns a whole number
export function workStatus(work) @ "xs_stator_work_status";
// stator: no-allocation returns a number or undefined
export function workValue(work) @ "xs_stator_work_value";
export function workText(work) @ "xs_stator_work_text";
// stator: no-allocation moves work in lists in C memory
export function workAsk(work, asked) @ "xs_stator_work_ask";
// stator: no-allocation copies bytes
export function workStore(work, from, offset, count) @ "xs_stator_work_store";
// stator: no-allocation copies bytes
export function workFetch(work, into, offset, count) @ "xs_stator_work_fetch";
