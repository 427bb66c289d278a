/**
 * Pictures as they are stored, without the rotation that their EXIF data ask for: the service counts pixels so.
 *
 * Chromium cannot be told to show them like that any more: to `createImageBitmap` "none" means "from-image", and the
 * style `image-orientation: none` changes nothing for a canvas. So what is shown is a copy without the EXIF data.
 */

const SHORTEST = 12;

/** Return a copy of a file without EXIF data, or the file itself where there are none. */
export async function unturned(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const view = new DataView(bytes.buffer);
  const parts = bytes.length < SHORTEST ? null : withoutExif(bytes, view);
  return parts ? new Blob(parts) : file;
}

function withoutExif(bytes, view) {
  if (view.getUint16(0) === 0xffd8) return within(jpegSegments(view), bytes, (at) => textAt(bytes, at + 4, 4) === "Exif");
  if (textAt(bytes, 1, 3) === "PNG") return within(pngChunks(view), bytes, (at) => textAt(bytes, at + 4, 4) === "eXIf");
  if (textAt(bytes, 8, 4) === "WEBP") return renamed(webpChunks(view), bytes);
  return null;
}

/** Return the parts of a file that are left without some of its segments. */
function within(segments, bytes, isUnwanted) {
  const parts = [];
  let kept = 0;
  for (const [start, end] of segments) {
    if (!isUnwanted(start)) continue;
    parts.push(bytes.subarray(kept, start));
    kept = end;
  }
  return kept ? [...parts, bytes.subarray(kept)] : null;
}

/** A WEBP says how long it is; giving the chunk a name that means nothing leaves that true. */
function renamed(chunks, bytes) {
  for (const [start] of chunks) {
    if (textAt(bytes, start, 4) === "EXIF") bytes.set([0x78, 0x78, 0x78, 0x78], start);
  }
  return [bytes];
}

function* jpegSegments(view) {
  // A segment is a marker and a length that counts itself; what follows the start of the scan (DA) is pixels.
  for (let at = 2; at + 4 <= view.byteLength && view.getUint8(at) === 0xff && view.getUint8(at + 1) !== 0xda; ) {
    const end = at + 2 + view.getUint16(at + 2);
    if (view.getUint8(at + 1) === 0xe1) yield [at, end];
    at = end;
  }
}

function* pngChunks(view) {
  for (let at = 8; at + 12 <= view.byteLength; ) {
    const end = at + 12 + view.getUint32(at);
    yield [at, end];
    at = end;
  }
}

function* webpChunks(view) {
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    yield [at, end];
    at = end;
  }
}

function textAt(bytes, at, length) {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
