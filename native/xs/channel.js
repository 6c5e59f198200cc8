// The native functions of native/xs/channel-glue.c: looks at channels for compiled tasks; a module of its own, so that only programs with channels have it.
export function channelReceiver(wait) @ "xs_stator_channel_receiver";
export function channelSender(wait) @ "xs_stator_channel_sender";
export function channelLeave(look) @ "xs_stator_channel_leave";
