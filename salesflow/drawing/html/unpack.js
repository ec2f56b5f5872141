// The data of the page as text; of a large page also its pictures, which lie packed beside it.

async function unpacked() {
  const packed = document.getElementById("page-packed");
  if (!packed) return document.getElementById("page-data").textContent;
  const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const { pictures, data } = JSON.parse(await new Response(stream).text());
  packed.remove();
  const shown = document.querySelectorAll("svg.picture");
  pictures.forEach((picture, at) => {
    const read = new DOMParser().parseFromString(
      `<svg xmlns="${SVG_SPACE}">${picture}</svg>`,
      "image/svg+xml",
    );
    shown[at].append(...read.documentElement.childNodes);
  });
  return data;
}
