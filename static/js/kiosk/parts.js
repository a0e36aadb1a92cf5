/**
 * Parts of the page that most starts do not show. Each stands in the page once, as <template id="part-menu">, and
 * <template x-if="opened" x-part="menu"> shows it where and while it is wanted. Inside the x-if itself it would be copied with
 * all that is around it, at every start. Most come after the first frame: whoever opens one awaits need("parts").
 */
export function parts(Alpine) {
  const content = (name) => document.getElementById(`part-${name}`).content
  const take = (place, { expression: name }) => Object.defineProperty(place, "content", { get: () => content(name) })
  Alpine.directive("part", take).before("if")
}
