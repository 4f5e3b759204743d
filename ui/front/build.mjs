// Bundles the styles and the script into ../dist under names that carry their own hash, each beside its
// gzip, so that the server never compresses and browsers may keep a file for a year.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = join(here, '..', 'dist');
const LIMIT = 35 * 1024; // styles and script together, gzipped: what a phone on a poor line is asked to fetch

// Styles must reach the old engines inside phone apps. The script may fail there, since every page works without it.
const common = { absWorkingDir: here, outdir: 'out', bundle: true, minify: true, write: false, legalComments: 'none', charset: 'utf8' };
const styles = await build({ ...common, entryPoints: ['css/yimen.css'], target: ['chrome80', 'safari13', 'firefox78'] });
const script = await build({ ...common, entryPoints: ['ts/yimen.ts'], target: 'es2022', format: 'esm' });

const named = [
  ['yimen.css', Buffer.from(styles.outputFiles[0].contents)],
  ['yimen.js', Buffer.from(script.outputFiles[0].contents)],
];
for (const name of readdirSync(join(here, 'img'))) named.push([name, readFileSync(join(here, 'img', name))]);

const stale = new Set(existsSync(dist) ? readdirSync(dist) : []);
mkdirSync(dist, { recursive: true });

let weight = 0;
const lines = named
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([name, bytes]) => {
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    const dot = name.lastIndexOf('.');
    const file = `${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
    const small = gzipSync(bytes, { level: 9 });
    stale.delete(file);
    stale.delete(`${file}.gz`);
    writeFileSync(join(dist, file), bytes);
    writeFileSync(join(dist, `${file}.gz`), small);
    if (/\.(css|js)$/.test(name)) weight += small.length;
    console.log(`${file.padEnd(28)} ${String(bytes.length).padStart(7)} bytes, ${String(small.length).padStart(6)} gzipped`);
    return `${name}\t${file}`;
  });
// Plain lines, name and file with a tab between: ui/build.rs reads them without a JSON reader.
writeFileSync(join(dist, 'manifest.tsv'), lines.join('\n') + '\n');
stale.delete('manifest.tsv');
for (const file of stale) rmSync(join(dist, file));

if (weight > LIMIT) {
  console.error(`styles and script weigh ${weight} bytes gzipped; the limit is ${LIMIT}`);
  process.exit(1);
}
console.log(`styles and script together: ${weight} bytes gzipped (limit ${LIMIT})`);
