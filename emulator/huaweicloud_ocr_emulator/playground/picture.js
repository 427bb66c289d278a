/** Pictures: what the browser can tell of a file, and its Base64. */

import { element } from "./dom.js";
import { unturned } from "./unturned.js";

const MOST_PIXELS_A_SIDE = 2400;

/** Read a picture: what it is called, its format and size, and a canvas with it where the browser can show it. */
export async function readPicture(file) {
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const picture = { file, name: file.name || "pasted.png", format: formatOf(head), width: 0, height: 0, canvas: null };
  return Object.assign(picture, (await painted(file)) ?? (await tiffSize(file)));
}

/** Return size and canvas of a picture, or nothing if the browser cannot show it. */
async function painted(file) {
  try {
    const bitmap = await createImageBitmap(await unturned(file));
    const { width, height } = bitmap;
    const scale = Math.min(1, MOST_PIXELS_A_SIDE / Math.max(width, height)); // no larger than a screen needs
    const canvas = element("canvas", { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
    const pen = canvas.getContext("2d");
    pen.imageSmoothingQuality = "high";
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return { width, height, canvas };
  } catch {
    return null;
  }
}

/** Return the bytes of a file as plain Base64. */
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1 || reader.result.length));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** Return a number of bytes in words. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function formatOf(head) {
  const text = String.fromCharCode(...head);
  if (text.startsWith("\xff\xd8\xff")) return "JPEG";
  if (text.startsWith("\x89PNG")) return "PNG";
  if (text.startsWith("BM")) return "BMP";
  if (text.startsWith("GIF8")) return "GIF";
  if (text.startsWith("RIFF") && text.endsWith("WEBP")) return "WEBP";
  if (text.startsWith("II*\0") || text.startsWith("MM\0*")) return "TIFF";
  return "";
}

/** Return width and height of a TIFF, which browsers do not show; nothing if it is none. */
async function tiffSize(file) {
  try {
    const view = new DataView(await file.arrayBuffer());
    const little = view.getUint16(0) === 0x4949;
    if (view.getUint16(2, little) !== 42) return {};
    const directory = view.getUint32(4, little);
    const found = {};
    for (let index = 0; index < view.getUint16(directory, little); index += 1) {
      const entry = directory + 2 + index * 12;
      const name = { 256: "width", 257: "height" }[view.getUint16(entry, little)];
      const isShort = view.getUint16(entry + 2, little) === 3;
      if (name) found[name] = isShort ? view.getUint16(entry + 8, little) : view.getUint32(entry + 8, little);
    }
    return found;
  } catch {
    return {}; // cut off, or something else altogether: the service says what is wrong with it
  }
}
