/** Messages between the page and the worker. They share one store but no memory: after a write one tells, the other reads again. */
const NAME = "ganchang"

let channel = null
const open = () => (channel ??= globalThis.BroadcastChannel && new BroadcastChannel(NAME))

/** "stored": the store was changed elsewhere. "sync": the browser fired Background Sync. */
export const tell = (what) => open()?.postMessage(what)

export const hear = (handlers) => open()?.addEventListener("message", ({ data }) => handlers[data]?.())
