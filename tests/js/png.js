/** Pictures for decoders: 8-bit PNG without interlacing, as a canvas would return their pixels. */
import { readFileSync } from "node:fs"
import { inflateSync } from "node:zlib"

const CHANNELS = { 0: 1, 2: 3, 4: 2, 6: 4 } // by PNG's colour type

/** {data (RGBA), width, height} of a file. */
export function pixelsOf(path) {
  const { width, height, type, packed } = chunksOf(readFileSync(path))
  const channels = CHANNELS[type]
  const rows = unfiltered(inflateSync(packed), width * channels, height, channels)
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    const pixel = rows.subarray(i * channels, (i + 1) * channels)
    data.set(channels < 3 ? [pixel[0], pixel[0], pixel[0], pixel[1] ?? 255] : [pixel[0], pixel[1], pixel[2], pixel[3] ?? 255], i * 4)
  }
  return { data, width, height }
}

function chunksOf(file) {
  const found = { parts: [] }
  for (let at = 8; at < file.length; ) {
    const [length, name] = [file.readUInt32BE(at), file.toString("latin1", at + 4, at + 8)]
    const content = file.subarray(at + 8, at + 8 + length)
    if (name === "IHDR") Object.assign(found, { width: content.readUInt32BE(0), height: content.readUInt32BE(4), type: content[9] })
    if (name === "IDAT") found.parts.push(content)
    at += length + 12
  }
  return { ...found, packed: Buffer.concat(found.parts) }
}

/** Takes PNG's prediction of each row back (PNG specification, 9.2). */
function unfiltered(bytes, stride, height, channels) {
  const rows = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const [filter, from, to] = [bytes[y * (stride + 1)], y * (stride + 1) + 1, y * stride]
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : rows[to + x - channels]
      const above = y ? rows[to + x - stride] : 0
      const corner = y && x >= channels ? rows[to + x - stride - channels] : 0
      rows[to + x] = bytes[from + x] + [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter]
    }
  }
  return rows
}

function paeth(left, above, corner) {
  const [p, q, r] = [left, above, corner].map((value) => Math.abs(left + above - corner - value))
  return p <= q && p <= r ? left : q <= r ? above : corner
}
