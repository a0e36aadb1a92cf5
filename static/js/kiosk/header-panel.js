/** The line to the server, as the operator needs it: how much is only here, since when, and what to do. */
export const headerPanel = (kiosk) => () => ({
  syncNow() {
    return kiosk().loop.now()
  },

  /** A way out for facts that no network will take: the unsent tail as a file. */
  saveFile() {
    const { meta, unsent } = kiosk()
    const { tablet, booth, market_day } = meta
    const text = JSON.stringify({ tablet, booth, market_day, operations: unsent }, null, 1)
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }))
    link.download = `ganchang-${market_day?.id ?? market_day}-${tablet}.json`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  },
})
