/** Third-party files are what their table says, byte for byte. */
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"

const VENDOR = new URL("../../static/js/vendor/", import.meta.url)

test("every vendored file is listed with its sha256", () => {
  const table = readFileSync(new URL("README.md", VENDOR), "utf8")
  const listed = Object.fromEntries([...table.matchAll(/^\| (\S+) \|.*`(\w{64})`/gm)].map(([, file, hash]) => [file, hash]))
  const files = readdirSync(VENDOR, { recursive: true }).filter((file) => /\.(js|wasm)$/.test(file))
  assert.deepEqual(Object.keys(listed).sort(), files.sort())
  for (const file of files) {
    assert.equal(createHash("sha256").update(readFileSync(new URL(file, VENDOR))).digest("hex"), listed[file], file)
  }
})
