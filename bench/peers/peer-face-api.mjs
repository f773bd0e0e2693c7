// SPDX-License-Identifier: GPL-3.0-or-later
// peer-face-api PICTURES THREADS MODULES [tiny]: face-api's way to a face, with its large detector or its tiny one.

import { join } from 'node:path';
import { converse, quieten, readPictures, requireFrom } from './picture-folder.mjs';

const [folder, threads, modules, size] = process.argv.slice(2);
const require = requireFrom(modules);
const tf = require('@tensorflow/tfjs');
const wasm = require('@tensorflow/tfjs-backend-wasm');
const faceapi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');

quieten();
wasm.setWasmPaths(join(modules, 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'));
wasm.setThreadsCount(Number(threads));
if (!(await tf.setBackend('wasm'))) throw new Error('there is no wasm backend');
await tf.ready();

const weights = join(modules, 'node_modules/@vladmandic/face-api/model');
const detector = size === 'tiny' ? faceapi.nets.tinyFaceDetector : faceapi.nets.ssdMobilenetv1;
const options = size === 'tiny' ? new faceapi.TinyFaceDetectorOptions()
  : new faceapi.SsdMobilenetv1Options({ maxResults: 1 });
for (const net of [detector, faceapi.nets.faceLandmark68Net, faceapi.nets.faceRecognitionNet])
  await net.loadFromDisk(weights);

await converse(readPictures(folder),
  ({ width, height, rgb }) => tf.tensor3d(rgb, [height, width, 3], 'int32'),
  async (picture) => {
    const face = await faceapi.detectSingleFace(picture, options).withFaceLandmarks().withFaceDescriptor();
    return face ? face.descriptor : null;
  });
