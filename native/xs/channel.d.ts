/** Types of the native functions in channel.js; what they mean stands in hal/hal.ts. */
export declare function channelReceiver(wait: object): (channel?: object) => unknown;
export declare function channelSender(wait: object): (value: unknown, channel?: object) => boolean | undefined;
export declare function channelLeave(look: (...given: never[]) => unknown): void;
