// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures that write-pictures wrote, and the conversation of a peer on node with bench-peers.mjs.

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const HEADER = /^P6 (\d+) (\d+) 255\n/;

export function readPictures(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ppm')).sort();
  return names.map((name) => {
    const content = readFileSync(join(folder, name));
    const header = HEADER.exec(content.subarray(0, 40).toString('latin1'));
    const [width, height] = header ? [Number(header[1]), Number(header[2])] : [0, 0];
    if (!header || content.length !== header[0].length + 3 * width * height)
      throw new Error(`${name} is no PPM of this benchmark`);
    return { width, height, rgb: new Uint8Array(content.subarray(header[0].length)) };
  });
}

// Packages come from the folder that `npm ci` filled, which is not the one these programs are in.
export function requireFrom(modules) {
  return createRequire(join(modules, 'node_modules', 'any.js'));
}

// tfjs reads its weights with fetch, which on node knows no files.
export function fetchFiles() {
  const fetchOther = globalThis.fetch;
  globalThis.fetch = async (address, options) => {
    const url = new URL(String(address?.url ?? address));
    return url.protocol === 'file:' ? new Response(readFileSync(url)) : fetchOther(address, options);
  };
}

const answer = (words) => process.stdout.write(`${JSON.stringify(words)}\n`);

// find (picture) gives a face's vector, or null where it found none. What it takes of prepare (picture) is not timed.
export async function converse(pictures, prepare, find) {
  const prepared = pictures.map(prepare);
  // Code on node becomes quick by running: nobody is timed cold.
  for (let i = 0; i < 3; i++) await find(prepared[i % prepared.length]);
  answer({ pictures: pictures.length });
  for await (const task of createInterface({ input: process.stdin })) {
    if (task !== 'photo' && task !== 'vectors') throw new Error(`no such task: ${task}`);
    const ms = [];
    const vectors = [];
    for (const picture of prepared) {
      const began = performance.now();
      const vector = await find(picture);
      ms.push(performance.now() - began);
      vectors.push(vector && Array.from(vector));
    }
    answer({ ms, vectors: task === 'vectors' ? vectors : [] });
  }
  process.exit(0);
}

// Only errors belong on a stream that nobody reads until the end.
export function quieten() {
  console.log = console.info = console.warn = () => {};
}
