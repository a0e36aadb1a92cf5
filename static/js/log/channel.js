/** Page and worker share one store but not their memory: whoever changed the store says so, whoever hears it reads again. */
const NAME = "ganchang"

let channel = null
const open = () => (channel ??= globalThis.BroadcastChannel && new BroadcastChannel(NAME))

/** "stored": the store was changed elsewhere. "sync": the browser thinks that it is time. */
export const tell = (what) => open()?.postMessage(what)

export const hear = (handlers) => open()?.addEventListener("message", ({ data }) => handlers[data]?.())
