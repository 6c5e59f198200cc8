/** `stator/smp/linux`: what device management has on Linux besides: UDP. */
export { SMP_PORT, serveUdp, UdpPort, udpServer } from "./udp.ts";
