"""Asks a server, with the client library smpclient, for everything that it has; prints one JSON object a reply.

client.py udp <address> | serial <device> <image> <what> ...
"""

import asyncio
import json
import sys

from smpclient import SMPClient
from smpclient.requests import (
    file_management,
    image_management,
    os_management,
    settings_management,
    shell_management,
    statistics_management,
)
from smpclient.transport.serial import SMPSerialTransport
from smpclient.transport.udp import SMPUDPTransport

TIMEOUT_S = 20.0
HIDDEN = {"header", "version", "sequence", "smp_data"}


def plain(value):
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


async def ask(client, name, request):
    reply = await client.request(request, TIMEOUT_S)
    print(json.dumps({"asked": name, "is": type(reply).__name__, **plain(reply.model_dump(exclude=HIDDEN, exclude_none=True))}), flush=True)
    return reply


async def statistics(client):
    await ask(client, "echo", os_management.EchoWrite(d="Hällo"))
    await ask(client, "parameters", os_management.MCUMgrParametersRead())
    await ask(client, "tasks", os_management.TaskStatisticsRead())
    await ask(client, "pools", os_management.MemoryPoolStatisticsRead())
    await ask(client, "set date", os_management.DateTimeWrite(datetime="2026-11-26T06:30:00"))
    await ask(client, "date", os_management.DateTimeRead())
    await ask(client, "info", os_management.OSApplicationInfoRead(format="sv"))
    await ask(client, "boot loader", os_management.BootloaderInformationRead())
    await ask(client, "groups", statistics_management.ListOfGroups())
    await ask(client, "group", statistics_management.GroupData(name="smp_svr_stats"))
    await ask(client, "no group", statistics_management.GroupData(name="nothing"))
    await ask(client, "set", settings_management.WriteSetting(name="number", val=b"\x01\x02"))
    await ask(client, "setting", settings_management.ReadSetting(name="number"))
    await ask(client, "help", shell_management.Execute(argv=["help"]))
    await ask(client, "no command", shell_management.Execute(argv=["nothing"]))


async def images(client, image, flood):
    if flood > 0:
        await ask(client, "flood", shell_management.Execute(argv=["flood", str(flood)]))
    async for offset in client.upload(image, first_timeout_s=TIMEOUT_S, subsequent_timeout_s=TIMEOUT_S):
        print(json.dumps({"asked": "upload", "off": offset}), flush=True)
    states = await ask(client, "images", image_management.ImageStatesRead())
    mark = image_management.ImageStatesWrite
    await ask(client, "test", mark(hash=states.images[1].hash))
    await ask(client, "confirm", mark(hash=states.images[1].hash, confirm=True))
    await ask(client, "confirm what runs", mark(confirm=True))
    await ask(client, "erase what is pending", image_management.ImageErase())
    await ask(client, "no image", mark(hash=bytes(31) + b"x"))


async def files(client, data):
    async for offset in client.upload_file(data, "/folder/file", TIMEOUT_S):
        print(json.dumps({"asked": "upload file", "off": offset}), flush=True)
    await ask(client, "status", file_management.FileStatus(name="folder/file"))
    await ask(client, "sum", file_management.FileHashChecksum(name="folder/file", type="crc32"))
    await ask(client, "sums", file_management.SupportedFileHashChecksumTypes())
    back = await client.download_file("folder/file", TIMEOUT_S)
    print(json.dumps({"asked": "download", "same": bytes(back) == data}), flush=True)
    for name in ("../outside", "link", "folder/none", "folder", "", "/", "fifo"):
        await ask(client, "read " + name, file_management.FileDownload(off=0, name=name))
    await ask(client, "write beside", file_management.FileUpload(name="../made", off=0, data=b"x", len=1))
    await ask(client, "write at 5", file_management.FileUpload(name="folder/file", off=5, data=b"x"))
    await ask(client, "read at 10^6", file_management.FileDownload(off=1_000_000, name="folder/file"))
    await ask(client, "close", file_management.FileClose())


async def main():
    kind, address, image_file, *what = sys.argv[1:]
    with open(image_file, "rb") as file:
        image = file.read()
    transport = SMPSerialTransport() if kind == "serial" else SMPUDPTransport()
    client = SMPClient(transport, address, TIMEOUT_S)
    await client.connect()
    for part in what:
        if part == "statistics":
            await statistics(client)
        elif part == "files":
            await files(client, image)
        else:
            await images(client, image, int(part.removeprefix("images")))
    await client.disconnect()


asyncio.run(main())
