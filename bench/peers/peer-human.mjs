// SPDX-License-Identifier: GPL-3.0-or-later
// peer-human PICTURES THREADS MODULES: Human's way to a face: detector and description. Its mesh and its turning upright
// of faces are left out, since with them it was slower here and told fewer people.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { converse, fetchFiles, quieten, readPictures, requireFrom } from './picture-folder.mjs';

const [folder, threads, modules] = process.argv.slice(2);
const require = requireFrom(modules);

fetchFiles();
quieten();
const wasm = require('@tensorflow/tfjs-backend-wasm');
const { Human } = require(join(modules, 'node_modules/@vladmandic/human/dist/human.node-wasm.js'));

wasm.setThreadsCount(Number(threads));
const off = { enabled: false };
const human = new Human({
  debug: false,
  backend: 'wasm',
  wasmPath: join(modules, 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'),
  modelBasePath: `${pathToFileURL(join(modules, 'node_modules/@vladmandic/human/models'))}/`,
  // A video's shortcuts would let one photograph answer for the next.
  cacheSensitivity: 0,
  filter: off, gesture: off, body: off, hand: off, object: off, segmentation: off,
  face: {
    enabled: true,
    detector: { rotation: false, maxDetected: 1, skipFrames: 0, skipTime: 0 },
    mesh: off,
    description: { enabled: true, skipFrames: 0, skipTime: 0 },
    iris: off, emotion: off, antispoof: off, liveness: off,
  },
});
await human.load();
await human.warmup({ warmup: 'none' });

await converse(readPictures(folder),
  ({ width, height, rgb }) => human.tf.tensor3d(rgb, [height, width, 3], 'int32'),
  async (picture) => {
    const { face, error } = await human.detect(picture);
    if (error) throw new Error(error);
    return face[0]?.embedding ?? null;
  });
