"""The workloads on CPython's asyncio: `python3 peer.py <workload> <count> [argument]`."""
import asyncio
import json
import os
import resource
import signal
import sys
import time

workload, count = sys.argv[1], int(sys.argv[2])
rest = sys.argv[3] if len(sys.argv) > 3 else ""


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


async def measured(run):
    await run(count // 10)
    wall, cpu = time.monotonic_ns(), time.process_time_ns()
    did = await run(count)
    print(json.dumps({"count": did, "wall_ns": time.monotonic_ns() - wall, "cpu_ns": time.process_time_ns() - cpu}))


async def resume():
    async def run(more):
        turns = 0

        async def yields():
            nonlocal turns
            while turns < more:
                turns += 1
                await asyncio.sleep(0)

        await asyncio.gather(*(yields() for _ in range(64)))
        return turns

    await measured(run)


async def ping():
    ask, answer = asyncio.Queue(1), asyncio.Queue(1)

    async def answers():
        while True:
            await answer.put(await ask.get() + 1)

    async def run(more):
        turns = 0
        while turns < more:
            await ask.put(turns)
            turns = await answer.get()
        return turns

    answering = asyncio.create_task(answers())
    await measured(run)
    answering.cancel()


async def sleepers():
    lateness = []
    wall, cpu = time.monotonic_ns(), time.process_time_ns()
    end = wall + int(rest) * 1_000_000

    async def sleeper(milliseconds):
        now = time.monotonic_ns()
        while now < end:
            due = now + milliseconds * 1_000_000
            await asyncio.sleep(milliseconds / 1000)
            now = time.monotonic_ns()
            lateness.append(max(0, now - due))

    await asyncio.gather(*(sleeper(50 + i * 37 % 101) for i in range(count)))
    took = {"cpu_ns": time.process_time_ns() - cpu, "wall_ns": time.monotonic_ns() - wall}
    lateness.sort()
    p99 = lateness[len(lateness) * 99 // 100]
    print(json.dumps({"count": len(lateness), **took, "p99_us": p99 // 1000, "max_us": lateness[-1] // 1000}))


async def reads():
    file = os.open(rest, os.O_RDONLY)
    loop = asyncio.get_running_loop()
    seed = 1

    async def run(number):
        left, did = number, 0

        async def reader():
            nonlocal left, did, seed
            while left > 0:
                left -= 1
                seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
                block = seed >> 18
                data = await loop.run_in_executor(None, os.pread, file, 4096, block * 4096)
                assert len(data) == 4096 and int.from_bytes(data[:4], "little") == block
                did += 1

        await asyncio.gather(*(reader() for _ in range(32)))
        return did

    await measured(run)


async def idle():
    await asyncio.sleep(0.001)
    before = resident()
    started = 0

    async def idles():
        nonlocal started
        started += 1
        await asyncio.sleep(3600)

    tasks = [asyncio.create_task(idles()) for _ in range(count)]
    while started < count:
        await asyncio.sleep(0)
    print(json.dumps({"count": len(tasks), "bytes": (resident() - before) / count}), flush=True)
    os._exit(0)


async def echo():
    async def serve(reader, writer):
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print("listening at port", server.sockets[0].getsockname()[1], flush=True)
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, os._exit, 0)
    await server.serve_forever()


asyncio.run({"resume": resume, "ping": ping, "sleepers": sleepers, "reads": reads, "idle": idle, "echo": echo}[workload]())
