/** The pictures as seen, as one SVG or PNG. */

/** Copies of the drawings side by side, or below each other as on the page, with the page's colour behind. */
export function combined(svgs, palette, font) {
  const rects = svgs.map((svg) => svg.getBoundingClientRect())
  const left = Math.min(...rects.map((rect) => rect.left))
  const top = Math.min(...rects.map((rect) => rect.top))
  const width = Math.ceil(Math.max(...rects.map((rect) => rect.right)) - left)
  const height = Math.ceil(Math.max(...rects.map((rect) => rect.bottom)) - top)
  const parts = svgs.map((svg, index) => {
    const copy = svg.cloneNode(true)
    copy.querySelectorAll(".reach, .handle.second").forEach((part) => part.remove())
    copy.querySelectorAll("[role], [tabindex]").forEach((part) => {
      for (const name of part.getAttributeNames()) if (/^(role|tabindex|aria-|data-|class)/.test(name)) part.removeAttribute(name)
    })
    const rect = rects[index]
    const inside = new XMLSerializer().serializeToString(copy).replace(/^<svg[^>]*>/, "").replace(/<\/svg>$/, "")
    return `<g transform="translate(${rect.left - left} ${rect.top - top})">${inside}</g>`
  })
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`
  const family = font.replace(/"/g, "'")
  const text = `${head} font-family="${family}"><rect width="100%" height="100%" fill="${palette.paper}"/>${parts.join("")}</svg>`
  return { text, width, height }
}

function save(blob, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

/** @param {"svg" | "png"} format */
export async function download(format, svgs, palette, font, name) {
  const { text, width, height } = combined(svgs, palette, font)
  const blob = new Blob([text], { type: "image/svg+xml;charset=utf-8" })
  if (format === "svg") return save(blob, `${name}.svg`)
  const picture = new Image()
  const address = URL.createObjectURL(blob)
  try {
    picture.src = address
    await picture.decode()
    const sheet = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height })
    sheet.getContext("2d").drawImage(picture, 0, 0, 2 * width, 2 * height)
    const png = await new Promise((resolve) => sheet.toBlob(resolve, "image/png"))
    return save(png, `${name}.png`)
  } finally {
    URL.revokeObjectURL(address)
  }
}
