/** The hosts whose codes are ours: the page's own, and those that the server was and is known by, as the page says. */
export function ourHosts({ location, document } = globalThis) {
  const told = document?.documentElement.dataset.origins ?? ""
  return [location?.host, ...told.split(" ").map(hostOf)].filter(Boolean)
}

function hostOf(origin) {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}
