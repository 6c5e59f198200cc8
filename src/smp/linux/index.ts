/** `stator/smp/linux`: what device management has on Linux besides: UDP, and files. */
export { FileGroup } from "./file-group.ts";
export { SMP_PORT, serveUdp, UdpPort, udpServer } from "./udp.ts";
