/**
 * Who is at the tablet: an operator, or somebody without a name. Facts carry what stands here and none is held up
 * by it; but where a booth has operators, names of people are whole only before one of them.
 */
export const operatorsOf = ({ records }) => records.all("operator")

/** The operator's record; null as well for one who was taken off the booth meanwhile. */
export const operatorAt = ({ operator, records }) => (operator ? records.get("operator", operator) : null)

export const isNameless = (kiosk) => operatorsOf(kiosk).length > 0 && !operatorAt(kiosk)

/** A person's name for whoever is at the tablet: whole, or 王**. */
export const nameFor = (kiosk, name) => (name && isNameless(kiosk) ? `${[...name][0]}**` : name)

/** `operator` is a record, or null for somebody without a name. Unlocks, too. */
export async function arrive(kiosk, operator) {
  const id = operator ? String(operator.id) : null
  await kiosk.keep({ operator: id, locked_at: null })
  kiosk.operator = id
  kiosk.redress()
  kiosk.onChange()
}
