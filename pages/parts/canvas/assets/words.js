/** The catalogue's sentences, filled in. */

/**
 * @param {Record<string, string>} messages by id
 * @returns {(id: string, values?: Record<string, string>) => string}
 */
export function speaker(messages) {
  return (id, values = {}) => {
    const sentence = messages[id]
    if (sentence === undefined) throw new Error(`no message ${id}`)
    return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "")
  }
}
