// Compares two builds: the same names, and the same bytes once they are unpacked.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const [fresh, kept] = process.argv.slice(2);

function unpacked(path) {
  const body = readFileSync(path);
  if (path.endsWith(".gz")) return gunzipSync(body);
  return path.endsWith(".br") ? brotliDecompressSync(body) : body;
}

const names = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length))
    .sort();

const [made, had] = [names(fresh), names(kept)];
const odd = [...made, ...had].filter((name) => !made.includes(name) || !had.includes(name));
const other = made.filter((name) => had.includes(name) && !unpacked(join(fresh, name)).equals(unpacked(join(kept, name))));
if (odd.length || other.length) {
  console.error(`channels/page is not what web/ builds: ${[...odd, ...other].join(", ")}. Run make web and commit.`);
  process.exit(1);
}
console.log(`The built pages are what their sources build (${made.length} files).`);
