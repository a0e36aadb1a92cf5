/** The number of the last of these operations; 0 where there are none. (`.at(-1)` needs Chromium 92.) */
export const seqOfLast = (operations) => operations[operations.length - 1]?.seq ?? 0
