// SPDX-License-Identifier: GPL-3.0-or-later
// bench-peers BUILD WORK PHOTOS README: Smiletill beside other ways to recognise faces, on the same pictures in the
// same run. WORK holds what scripts/run-bench-peers fetched and built. What is missing is said and left out.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PeerProcess } from './peer-process.mjs';
import { describeRun, frameTable, photoTable, writePart } from './report.mjs';
import { median, trueMatchRate } from './verification.mjs';

const [build, work, photos, readme] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const rounds = Number(process.env.ROUNDS ?? 5);
const falseMatchRate = 1e-3;
const mostGrey = 400;
const leastEach = 4;
const clip = ['franck.webm', '@62-75', '1', '150'];
const say = (words) => process.stderr.write(`bench-peers: ${words}\n`);

const dlib = {
  command: (pictures, threads) => [join(work, 'peer-dlib'), pictures, `${threads}`, join(work, 'dlib')],
  environment: (threads) => ({ OPENBLAS_NUM_THREADS: `${threads}`, LD_LIBRARY_PATH: join(work, 'openblas', 'lib') }),
};
const smiletill = {
  command: (pictures, threads) => [join(build, 'bench/peers/peer-smiletill'), pictures, `${threads}`],
};
const onNode = (program, ...rest) => ({
  command: (pictures, threads) => [process.execPath, join(here, program), pictures, `${threads}`, join(work, 'node'), ...rest],
});

// The first is what the others are compared with.
const photoPeers = [
  { name: 'Smiletill', ...smiletill, task: 'photo' },
  { name: 'dlib: HOG, 5 points, ResNet', ...dlib, task: 'photo' },
  { name: 'face-api: SSD', ...onNode('peer-face-api.mjs'), task: 'photo' },
  { name: 'face-api: tiny detector', ...onNode('peer-face-api.mjs', 'tiny'), task: 'photo' },
  { name: 'human', ...onNode('peer-human.mjs'), task: 'photo' },
];
const framePeers = [
  { name: 'dlib in full: HOG, 5 points, ResNet', ...dlib, task: 'photo' },
  { name: 'dlib without the ResNet', ...dlib, task: 'points' },
  { name: 'Smiletill, looking anew: landmarks, quality, eyes', ...smiletill, task: 'look' },
  { name: 'Smiletill, followed: landmarks, quality, eyes', ...smiletill, task: 'follow' },
  { name: 'Smiletill, followed, with embedding', ...smiletill, task: 'follow-embedding' },
];

// One core means one: whatever threads a program starts share it.
function onCores(command, threads) {
  const pinned = spawnSync('taskset', ['--version']).status === 0;
  return threads === 1 && pinned ? ['taskset', '-c', `${availableParallelism() - 1}`, ...command] : command;
}

async function start(peer, pictures, threads) {
  const program = new PeerProcess(onCores(peer.command(pictures, threads), threads), peer.environment?.(threads));
  try {
    await program.answer();
    return { peer, program, rounds: [] };
  } catch (error) {
    say(`${peer.name} is left out: ${error.message}`);
    return null;
  }
}

async function startAll(peers, pictures, threads) {
  const running = [];
  for (const peer of peers) {
    const one = await start(peer, pictures, threads);
    if (one) running.push(one);
  }
  return running;
}

async function askOrDrop(running, one, task) {
  try {
    return await one.program.ask(task);
  } catch (error) {
    say(`${one.peer.name} is left out: ${error.message}`);
    running.splice(running.indexOf(one), 1);
    return null;
  }
}

// The machine may be quicker at one moment than at the next, so all are asked in turn, each time another first.
async function measureRounds(running, threads, what) {
  for (let round = 0; round < rounds; round++) {
    say(`${what}, ${threads === 1 ? 'one core' : `${threads} cores`}, round ${round + 1} of ${rounds}`);
    const turn = round % Math.max(running.length, 1);
    for (const one of [...running.slice(turn), ...running.slice(0, turn)]) {
      const answer = await askOrDrop(running, one, one.peer.task);
      if (answer) one.rounds.push(answer.ms);
    }
  }
}

function speedOf(one, reference) {
  const ratios = one.rounds.flatMap((ms, i) => (reference?.rounds[i] ? [median(ms) / median(reference.rounds[i])] : []));
  return { ms: median(one.rounds.flat()), ratio: ratios.length ? median(ratios) : NaN };
}

async function measureSpeed(peers, pictures, threads, what) {
  const results = peers.map(({ name }) => ({ name, speed: {}, found: {}, match: {} }));
  for (const n of threads) {
    const running = await startAll(peers, pictures, n);
    await measureRounds(running, n, what);
    const reference = running.find(({ peer }) => peer === peers[0]);
    for (const one of running) results[peers.indexOf(one.peer)].speed[n] = speedOf(one, reference);
    for (const { program } of running) await program.stop();
  }
  return results;
}

async function measureMatches(results, set) {
  const threads = availableParallelism();
  for (const [i, peer] of photoPeers.entries()) {
    say(`${set.name}: ${peer.name}`);
    const one = await start(peer, set.pictures, threads);
    const answer = one && await askOrDrop([one], one, 'vectors');
    if (!answer) continue;
    await one.program.stop();
    results[i].found[set.name] = answer.vectors.filter(Boolean).length;
    results[i].match[set.name] = trueMatchRate(answer.vectors, set.labels, falseMatchRate);
    set.match ??= results[i].match[set.name];
  }
}

// One folder for each person, as in an evaluation; those with few photographs are left out where a limit is given.
function listPhotos(folder, limit) {
  const list = [];
  for (const person of readdirSync(folder).sort()) {
    if (!statSync(join(folder, person)).isDirectory()) continue;
    const files = readdirSync(join(folder, person)).filter((name) => /\.(jpe?g|png)$/i.test(name)).sort();
    if (limit && files.length < leastEach) continue;
    list.push(...files.map((file) => ({ person, path: join(folder, person, file) })));
  }
  return limit ? list.slice(0, limit) : list;
}

function writePictures(list, folder) {
  mkdirSync(folder);
  const lines = list.map(({ path }, i) => `${String(i).padStart(5, '0')}\t${path}\n`).join('');
  execFileSync(join(build, 'bench/peers/write-pictures'), [folder], { input: lines, stdio: 'pipe' });
}

function makeSet(name, scratch, folder, limit) {
  if (!existsSync(folder)) {
    say(`${folder} is missing: nothing is measured on it`);
    return null;
  }
  const list = listPhotos(folder, limit);
  if (list.length === 0) {
    say(`${folder} has no folders of photographs${limit ? `, ${leastEach} or more of a person` : ''}: nothing is measured on it`);
    return null;
  }
  const pictures = join(scratch, basename(folder));
  writePictures(list, pictures);
  const labels = list.map(({ person }) => person);
  return { name, pictures, labels, photos: list.length, people: new Set(labels).size };
}

async function measurePhotos(scratch, threads) {
  const colour = makeSet('colour', scratch, join(photos, 'lfw-colour-dev'));
  const grey = makeSet('grey', scratch, join(photos, 'lfw-grey-dev'), mostGrey);
  if (!colour) return null;
  const results = await measureSpeed(photoPeers, colour.pictures, threads, 'photographs');
  const sets = [colour, grey].filter(Boolean);
  for (const set of sets) await measureMatches(results, set);
  return { results, words: photoTable(results, threads, sets) };
}

async function measureFrames(scratch, threads) {
  const pictures = join(scratch, 'frames');
  mkdirSync(pictures);
  execFileSync(join(build, 'bench/peers/write-pictures'), ['--clip', ...clip, pictures], { stdio: 'pipe' });
  const results = await measureSpeed(framePeers, pictures, threads, 'frames');
  return { results, words: frameTable(results, threads) };
}

const run = (program, ...rest) => execFileSync(join(build, 'bench', program), rest, { encoding: 'utf8', stdio: 'pipe' }).trim();

// The gallery's peer is the memory it is read from; its program says both.
async function measureGallery(scratch) {
  say('the gallery');
  const words = [run('bench-gallery')];
  for (const name of ['lfw-colour-dev', 'lfw-grey-dev'].filter((set) => existsSync(join(scratch, set))))
    words.push(`${name}: ${run('peers/compare-codes', join(scratch, name))}`);
  return words.join('\n\n');
}

const began = new Date();
const load = loadavg();
const threads = availableParallelism() > 1 ? [1, 2] : [1];
// Photographs of people stay here for the run only.
const scratch = mkdtempSync(join(work, 'pictures-'));
process.once('SIGINT', () => process.exit(130));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

async function attempt(measure) {
  try {
    return await measure(scratch, threads);
  } catch (error) {
    say(`left out: ${String(error.stderr || error.message).trim()}`);
    return null;
  }
}

const parts = [await attempt(measurePhotos), await attempt(measureFrames)].filter(Boolean);
const gallery = await attempt(measureGallery);
if (!gallery && !parts.some(({ results }) => results.some(({ speed }) => Object.keys(speed).length > 0))) {
  say('nothing could be measured');
  process.exit(1);
}
const words = [describeRun(began, load, rounds), ...parts.map((part) => part.words)].join('\n\n');
process.stdout.write(`${words}\n\n${gallery ?? ''}\n`);
if (readme) {
  if (parts.length) writePart(readme, 'peers', words);
  if (gallery) writePart(readme, 'gallery', `\`\`\`\n${gallery}\n\`\`\``);
}
