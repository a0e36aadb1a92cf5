/** The camera: which one, opening it at 640×480, and frames for the decoder. */
const KEPT = "ganchang.camera"
const SIZE = { width: { ideal: 640 }, height: { ideal: 480 } } // larger is slower and reads no better

/** Opens the chosen camera (or the one that looks away from the operator) into the video element. */
export async function openCamera(video, deviceId = localStorage.getItem(KEPT)) {
  video.srcObject = await streamOf(deviceId)
  await video.play()
  return cameras()
}

/** The cameras of this tablet: [{id, label}]; labels exist once one was allowed. */
export async function cameras() {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.filter(({ kind }) => kind === "videoinput").map(({ deviceId: id, label }) => ({ id, label }))
}

export function keepCamera(deviceId) {
  localStorage.setItem(KEPT, deviceId)
}

export function closeCamera(video) {
  for (const track of video.srcObject?.getTracks() ?? []) track.stop()
  video.srcObject = null
}

/** The present frame, scaled to what decoders read best; null while there is none. */
export async function frameOf(video) {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || !video.videoWidth) return null
  const scale = Math.min(1, 640 / Math.max(video.videoWidth, video.videoHeight))
  const resizeWidth = Math.round(video.videoWidth * scale)
  const resizeHeight = Math.round(video.videoHeight * scale)
  return createImageBitmap(video, scale < 1 ? { resizeWidth, resizeHeight } : {})
}

async function streamOf(deviceId) {
  const { mediaDevices } = navigator
  if (!mediaDevices) throw new DOMException("no camera over plain http", "NotSupportedError")
  const choice = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: "environment" } }
  try {
    return await mediaDevices.getUserMedia({ audio: false, video: { ...SIZE, ...choice } })
  } catch (error) {
    if (!deviceId || error.name === "NotAllowedError") throw error
    return mediaDevices.getUserMedia({ audio: false, video: SIZE }) // the kept camera was unplugged
  }
}
