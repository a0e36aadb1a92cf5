/**
 * A store on a disk of its own mind. fake-indexeddb commits at once, so that nothing between the last request and the commit
 * can ever go wrong; a real disk is full, slow or without power just then. Takes an open store and returns it with such a disk.
 */
const LATER = 10 // ms after the last request

/** Every commit fails after its last request succeeded: nothing of it is stored. */
export const failingDisk = (db) => withCommits(db, async (tx, commit) => (await later(), commit(false)))

/** A commit takes its time; `onCommit` hears of it. */
export const slowDisk = (db, onCommit) => withCommits(db, async (tx, commit) => (await later(), onCommit(), commit(true)))

/**
 * The power goes off after every answer. As Chromium does, a commit that nobody wanted strict answers "complete" before it is
 * flushed, and is gone.
 */
export const dyingDisk = (db) => withCommits(db, async (tx, commit, { durability } = {}) => {
  await later()
  commit(durability === "strict", { answers: true })
})

function withCommits(db, end) {
  const transaction = (stores, mode, options) => {
    const tx = db.transaction(stores, mode, options)
    return mode === "readwrite" ? held(tx, options, end) : tx
  }
  return over(db, { transaction })
}

/** A transaction that stays open until `end` calls commit(kept, {answers}): with `answers` it says yes however it ended. */
function held(tx, options, end) {
  let open = true
  let answers = false
  const keepOpen = async () => {
    while (open) await tx.objectStore(tx.objectStoreNames[0]).count()
  }
  keepOpen().catch(() => (open = false)) // aborted by who uses it
  const done = tx.done.catch((error) => {
    if (!answers) throw error
  })
  done.catch(() => {})
  end(tx, (kept, { answers: yes = false } = {}) => {
    answers = yes
    if (!kept && open) tx.abort()
    open = false
  }, options)
  return over(tx, { done })
}

const over = (target, own) => new Proxy(target, {
  get(_, name) {
    if (name in own) return own[name]
    const value = target[name]
    return typeof value === "function" ? value.bind(target) : value
  },
})

const later = () => new Promise((resolve) => setTimeout(resolve, LATER))
